# Replacement fields.
f'{x}' f"{x['a']}" f'{x["a"]}' f'{f'{f'{f"{1}"}'}'}'
f"{x!r}" f"{x=}" f"{x = !r:>{width}}" f"{x!r:{a}{b}c{d!s}}"
f"{x != y}" f"{x!=y!r}" f"{x:=5}" f"{(x:=5)}" f"{x[a:b]}" f"{ {1: 2}[1] }" f"{(lambda x: x)(1)}"
f"{{}}" f"{{{x}}}" f"{{x}}" f"{x:{{}}}" f"{x:{y}{{z}}}" f"{x:}}}" f"}}{x}{{"
f"\N{DIGIT ONE}{x}" rf"\N{x}" f"{x:\N{DIGIT ONE}}" f"\\{x}" rf"\{x}" f"\{x}" f"\"{x}\"" f'\
{x}' rF'\'{x}' fR"\"" Rf"\\" FR"" f""
f"{x:%H:%M:%S}" f"{x!r:^{w}.{p}}" f"{x:a{y:b{z}}c}" f"{x:!r}" f"{x,}" f"{*x,}" f"{yield_}" f"{'a' 'b'}"
f"""{
    x  # a comment: } ' " {
    !r:{
        y}
    a
}"""
f"{
    x  # another
    + 'y'
}"
f"{x:
}"
f'{x:%d
}{y}'
f"""{x:
  {y}
  ''' " 
}"""
f\
= 1
if f"{x:{y}}": f"{z}"; f"{lambda_}"
