#!/bin/sh
# vim: set fileencoding=latin-1 :
x = "é"; yé = f"é{x}"  # é
if x: y
