"""Strings."""; 'a\'b' "\"" '\\' r'\'' r"\"" '''a'b''c\'''d''' """"a""" '' "" '''''' """"""
b'a' B"a" rb'a' bR'a' Rb"\"" BR''
u'a' U"a" r'a' R'''a
# none
'''
x = 'a\
b' "c"; y = "# none"  # a comment: 'no string'
z = 1if'a'else"b"
a = 1or"x"
a = x if"y"else'z'
a = x in"abc"and"b"
rb
b
u = f
print("a"'b'"c")
[
    'a'  # one
    # two
    'b', """
) ] }
"""]
