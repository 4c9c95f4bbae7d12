if x:
	y
	if x:
	        z

    # a comment-only line, further left
  # one more
if x:
          # form feeds
      y
    z
# none

x = 1 ; y = 2;z=3 ;
x = (
1,
  2, # three
    )
x = 1 \

y = 2 \
  + 3; z \
  = 4
if \
  x \
  : \
  y; \
  z
if x:
  \
y
  z
if x:
    \
  y
    z
\
x
def f(
    a,
): return (
  1
)
class C:

    # a comment
	
    x = [

# in brackets

    ]
    def f(self):
        def g():
            class D:
                async def h(self): pass
            return D
        return g

    y = 1

@d
# a comment
@d.e(
    1
)

@(yield_)
async \
def f(): pass
@d
class C:
    @d
    @e
    def f(): pass
    @d # a comment
    async def f(): pass
for x in y:
 for x in y:
  for x in y:
   for x in y:
    pass
  else:
   pass
 x
else:
 pass
if x:
    pass
# the last line has no end
x