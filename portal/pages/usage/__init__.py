"""Usage of the portal, counted by a tiny picture at the foot of each page.

The picture is never kept by a cache, so the count is right behind one, and needs no script. Its
address names what is counted and carries a seal, so that nobody makes things up. No address, no
cookie and no name of a reader is stored; programs and the staff are not counted.
"""
