match x:
    case 1: pass
    case [1, *y] if y: a; b
    case {"a": 1, **r}:
        case = 1
        match = 2
        case: int = 3
        match x, y:
            case _, (1): pass
    case C(x=1) | -1 | "s" | None: pass
    case x if lambda: 1: pass
    case x if (y := 1): pass
    case match: pass
    case case: pass
    case str() as type:
        type X = int
match (x):
    case _: pass
match [x]:
    case _: pass
match -x:
    case _: pass
match *a, b:
    case _: pass
match x[1:2], {1: 2}:
    case(1):pass
match lambda: 1:
    case [1]: pass
match x if y else lambda x: x:
    case{"a": 1}: pass
match not x:
    case"a": pass
match "x":
    case -1: pass
match match:
    case _: pass
match \
    x:
    case \
        1: pass
match x := 1:
    case _: pass
match await_: # a comment
    # a comment
    case _: pass
match{}:
    case _: pass
match""" 
""":
    case _: pass
match = 1
match: int = 2
match: int
match.x: int = 3
match[1:2]
match[1]: int = 1
match(x)
match (x), y
match * x
match - x
match [x:y]
match in x
match if x else y
match = lambda: 1
match, case = 1, 2
case = 1
case: int
case(x)
case [1]
case.x
type = 1
type: int
type X = int
type X[T: int = str, *Ts, **P] = int; type Y = X
type \
    X = int
type match = int
type type = type
type(x)
type (x)
type in x
type is x
type if x else y
type and x
type or x
type not in x
type [x]
type * x
type.x = 1
type, x = 1
print
_ = match, case, type
async_ = 1
iff = ifx = 1
importx = fromx = 1
returning = passx = delx = 1
if x:
    match x:
        case 1:
            pass
    case = 1
else:
    pass
