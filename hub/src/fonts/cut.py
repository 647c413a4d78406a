# Cuts the bundled fonts: cut.py RESOURCES SOURCES, with fontTools 4.60.1; FONT-LICENSES.txt beside the results says
# which packages the sources are. SOURCES holds each unpacked Debian package under its name (the npm package: package).
import zlib, struct, sys, io
from fontTools.ttLib import TTFont
from fontTools import subset
OUT=sys.argv[1]; SRC=sys.argv[2]
def cut(path, unicodes, name, deflate=True, number=None):
    o=subset.Options(); o.hinting=False; o.layout_features=[]; o.name_IDs=[]; o.notdef_outline=True; o.glyph_names=False; o.legacy_kern=False
    o.drop_tables += ['GSUB','GPOS','GDEF','kern','DSIG','FFTM','meta','gasp','hdmx','LTSH','VDMX','PCLT','BASE','vhea','vmtx','VORG','STAT']
    f=subset.load_font(path,o)
    s=subset.Subsetter(o); s.populate(unicodes=unicodes); s.subset(f)
    b=io.BytesIO(); f.save(b); d=b.getvalue()
    f2=TTFont(io.BytesIO(d)); print(name,len(d),len(f2.getGlyphOrder()), f2.sfntVersion)
    z=zlib.compress(d,9)
    open(f'{OUT}/{name}','wb').write(z if deflate else d); print('  deflated',len(z))
    return set(f2.getBestCmap())
win=[ord(bytes([c]).decode('cp1252')) for c in range(32,256) if c not in (0x7f,0x81,0x8d,0x8f,0x90,0x9d)]
L=SRC+'/fonts-liberation2/usr/share/fonts/truetype/liberation2/LiberationSans-%s.ttf'
cm=TTFont(L%'Regular').getBestCmap(); cmb=TTFont(L%'Bold').getBestCmap()
print(TTFont(L%'Regular')['name'].getDebugName(13), TTFont(L%'Regular')['name'].getDebugName(5))
near=[*range(0x100,0x180),*range(0x218,0x21c),0x1a0,0x1a1,0x1af,0x1b0,*range(0x386,0x3cf),*range(0x400,0x460),0x490,0x491,*range(0x1e80,0x1e86),0x1e9e,*range(0x1ea0,0x1efa),*range(0x5d0,0x5eb),0x2010,0x2011,0x2015,0x2032,0x2033,0x20a9,0x20aa,0x20ab,0x20b4,0x20b9,0x20ba,0x20bd,0x2116,0x2190,0x2191,0x2192,0x2193,0x2212,0x2260,0x2264,0x2265]
wide=[c for c in near if c in cm and c in cmb and c not in win]
for s in ('Regular','Bold'):
    cut(L%s, win, f'LiberationSans-{s}.ttf.z'); cut(L%s, wide, f'LiberationSansWide-{s}.ttf.z')
D='/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'
dj=set(TTFont(D).getBestCmap()); have=set(win)|set(wide)
cut(D,[c for c in dj if c not in have],'DejaVuSans.ttf.z')
E_=SRC+'/package/400Regular/NotoEmoji_400Regular.ttf'
em=set(TTFont(E_).getBestCmap())
have|=dj
cut(E_,[c for c in em if c not in have],'NotoEmoji.ttf.z'); have|=em
DR=SRC+'/fonts-droid-fallback/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf'
dr=set(TTFont(DR).getBestCmap()); print('droid new',len(dr-have))
cut(DR,[c for c in dr if c not in have],'DroidSansFallback.ttf.z'); have|=dr
NA=SRC+'/nanum/usr/share/fonts/truetype/nanum/NanumGothic.ttf'
na=[c for c in TTFont(NA).getBestCmap() if 0x3130<=c<0x3190 or 0xac00<=c<0xd7a4]
cut(NA,[c for c in na if c not in have],'NanumGothic.ttf.z'); have|=set(na)
# Unifont: bitmaps of what is left
glyphs={}
for line in open(SRC+'/unifont/usr/share/unifont/unifont.hex'):
    c,h=line.strip().split(':'); glyphs[int(c,16)]=bytes.fromhex(h)
from fontTools.pens.recordingPen import DecomposingRecordingPen
u=TTFont(SRC+'/fonts-unifont/usr/share/fonts/opentype/unifont/unifont_upper.otf')
gs=u.getGlyphSet(); upm=u['head'].unitsPerEm; desc=u['hhea'].descent; px=upm/16; print('upper upm',upm,desc,u['hhea'].ascent)
for c,g in u.getBestCmap().items():
    if c<0x10000: continue
    p=DecomposingRecordingPen(gs); gs[g].draw(p)
    polys=[];cur=[]
    for op,a in p.value:
        if op=='moveTo': cur=[a[0]]
        elif op=='lineTo': cur.append(a[0])
        elif op in('closePath','endPath'): polys.append(cur);cur=[]
        else: raise Exception(op)
    w=16
    xs=[x for q in polys for x,_ in q]
    adv=gs[g].width
    left=0
    if xs and min(xs)<0: left=-16 if min(xs)<-8*px else -8
    w=16 if (xs and max(xs)-left*px>8*px+1) or adv>8*px+1 else 8
    rows=[]
    for r in range(16):
        y=(14-r-0.5)*px; bits=0
        for k in range(w):
            x=(left+k+.5)*px; n=0
            for q in polys:
                for (x1,y1),(x2,y2) in zip(q,q[1:]+q[:1]):
                    if x1==x2 and (min(y1,y2)<y<max(y1,y2)) and x1>x: n+=1 if y2>y1 else -1
            if n: bits|=1<<(w-1-k)
        rows.append(bits.to_bytes(w//8,'big'))
    glyphs[c]=b''.join(rows)
left=[c for c in sorted(glyphs) if c not in have and not 0xd800<=c<0xe000]
print('unifont',len(glyphs),'kept',len(left))
b=bytearray()
for c in left:
    g=glyphs[c]; 
    if len(g) not in (16,32): print('odd',hex(c),len(g)); continue
    b+=struct.pack('>I',c|(len(g)//16)<<24)+g
z=zlib.compress(bytes(b),9); open(OUT+'/Unifont.pixels.z','wb').write(z); print('unifont',len(b),len(z))
