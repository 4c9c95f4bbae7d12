# coding: koi8-r
x = "а"; yа = 1  # б
def а(): pass
