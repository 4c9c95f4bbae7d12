x = 1
y = """a
bc
d"""z = 'a\
b'
w = "c\d"if x:
	y	z
	f"{x}\
{y}"
# c# d
x = f'{a:
}'