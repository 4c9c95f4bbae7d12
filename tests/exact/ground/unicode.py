é = "é€𝄞"; def_ = f"é{é}é€𝄞{é!r:é}"
class Ünï: 𝔘 = 1; ª = 2
def naïve(): return "…" # …
élif = 1; ifé = 2
x if 0 else é
