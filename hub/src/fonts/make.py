#!/usr/bin/env python3
"""Makes the invoice's font and colour resources; run by hand, the results are committed.

Needs: pip install fonttools; apt-get install fonts-liberation fonts-dejavu-core icc-profiles-free
Liberation Sans: SIL Open Font Licence 1.1. DejaVu Sans: its own free licence. sRGB.icc: zlib licence.
"""
import pathlib, zlib
from fontTools import subset
from fontTools.ttLib import TTFont

OUT = pathlib.Path(__file__).parent.parent / "main/resources/com/comptappart/invoice"
WINANSI = sorted({bytes([b]).decode("cp1252", "ignore") for b in range(32, 256)} - {""})


def cut(source, target, text):
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=[], glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "FFTM", "gasp"]
    font = TTFont(source, recalcTimestamp=False)
    if text is not None:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
    font.save(target)


for style in ("Regular", "Bold"):
    path = OUT / f"LiberationSans-{style}.ttf"
    cut(f"/usr/share/fonts/truetype/liberation/LiberationSans-{style}.ttf", path, "".join(WINANSI))
    (OUT / f"LiberationSans-{style}.ttf.z").write_bytes(zlib.compress(path.read_bytes(), 9))
    path.unlink()

wide = TTFont("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
everything = "".join(chr(c) for c in wide.getBestCmap())
cut("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", OUT / "DejaVuSans.ttf", everything)
(OUT / "srgb.icc.z").write_bytes(zlib.compress(pathlib.Path("/usr/share/color/icc/sRGB.icc").read_bytes(), 9))
