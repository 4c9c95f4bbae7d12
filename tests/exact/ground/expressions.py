x = {1: 2, **{3: lambda: 4}}; y = x[1:2, ::3]; z: int; w: "str" = 1
(x); (y) ; (z)
x = yield_; await_ = 1
lambda: (yield)
lambda x: x
x = (yield_
     )
return_ = [x for x in y if x
    for z in w
    if z]  if 0 else 1

def f():
    x = (yield)
    yield from x
    x = (
    yield
    )
    return (
        x
        if x
        else y
    )
    global a, b; nonlocal_ = 1
    del x, y[1:2]; assert x, "m"; raise X from y
    import a.b as c, d; from . import (
        x as y,
    )
from a import *
from .. import b
