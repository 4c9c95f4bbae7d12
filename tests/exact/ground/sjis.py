# -*- coding: shift_jis -*-
x = "表"; y = "ソ"  # 能
z
