if lambda: 1: pass
if lambda x: x: pass
if lambda x=lambda: 1: x: pass
elif (lambda: 1)(): pass
elif lambda x, *y, z={1: 2}, **k: x[1:2]: pass
elif x if y else lambda: 2: pass
if x := lambda: 1: pass
if x:=y: pass
while x := f(lambda: 1, {1: 2}, a[1:2]): pass
while 1if x else lambda: 1: pass
else: pass
for x in lambda: 1, lambda: 2: pass
for lambda_ in x: pass
for x, in *a, b: y; z
else: y
with a as b, c as d: pass
with (a as b, c as d,): pass
with lambda: 1: pass
def f(x: int = 1, *, y: lambda: 1 = lambda: 2) -> lambda: 3: pass
def f[T: int, *Ts, **P](x: T) -> {1: 2}[1]: return
def f(): return lambda: 1
async def f():
    async with a, b: pass
    async for x in y: await z
    else: pass
    async with (
        a as b
    ):
        pass
class C[T](B, metaclass=lambda: 1): x: int = 1; y: int
class C: pass
class C(): """doc"""
try: pass
except: pass
try: pass
except (A, B) as e: pass
except lambda: 1: pass
else: pass
finally: pass
try: pass
except* A: pass
except *B as e: pass
if x[lambda: 1]: pass
if x: pass;
elif y: a; b;
else: c ; d
while x:pass
if(x):pass
elif(x):y
while(x):z
for(x)in(y):z
if[x]:y
if{x:1}:y
if"x":y
if'x'"y":y
if not x:y
if x: lambda: 1; x[1:2]; y: int = 3
