"""Random damage, as discs, mail and careless programs do it: bytes flipped, lost, added, cut."""

from random import Random


def damaged(data: bytes, rng: Random) -> bytes:
    """The data with one to four kinds of damage; never as it was."""
    out = bytearray(data)
    while bytes(out) == data or not out:
        out = bytearray(data)
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(len(out)) if out else 0
            match rng.choice(("flip", "flip", "byte", "byte", "cut", "insert", "delete", "zero")):
                case "flip" if out:
                    out[place] ^= 1 << rng.randrange(8)
                case "byte" if out:
                    out[place] = rng.randrange(256)
                case "cut":
                    del out[max(place, len(out) // 4) :]
                case "insert":
                    out[place:place] = rng.randbytes(rng.choice((1, 1, 2, 7, 60)))
                case "delete":
                    del out[place : place + rng.choice((1, 1, 2, 7, 60))]
                case _:
                    run = min(rng.choice((1, 4, 30)), len(out) - place)
                    out[place : place + run] = bytes(run)
    return bytes(out)
