import sys, subprocess, os, math, numpy as np
from astropy.io import fits
import warnings; warnings.simplefilter('ignore')
SXI=sys.argv[1]; seeds=range(int(sys.argv[2]),int(sys.argv[3])); N=3000
MASK=fits.getdata('shared/golden/caldb/mask.fits.gz',1); MC=MASK['CCD_ID'].astype(int); MX=MASK['ACTX'].astype(int); MY=MASK['ACTY'].astype(int); MV=MASK['VALUE'].astype(int)
MDX=MASK['DETX'].astype(int); MDY=MASK['DETY'].astype(int)
DRX=[0,-1,0,1,-1,1,-1,0,1, -2,-1,0,1,2,-2,2,-2,2,-2,2,-2,-1,0,1,2]; DRY=[0,-1,-1,-1,0,0,1,1,1,-2,-2,-2,-2,-2,-1,-1,0,0,1,1,2,2,2,2,2]
bit=lambda f: np.uint64(1<<(f-1))
def vec(s): return [int(x) for x in s.strip('()').split(',')]
def rng(s):
    o=[]
    for t in s.split(','):
        if ':' in t: a,b=map(int,t.split(':')); o+=list(range(a,b+1))
        else: o.append(int(t))
    return o
def nbr(M,P,f,k,centre=False):
    """flag f on the square around set pixels P[4,640,640] without those centres' own contribution"""
    out=np.zeros_like(P)
    for dx in range(-k,k+1):
        for dy in range(-k,k+1):
            if (dx or dy) or centre:
                s=np.zeros_like(P); xs=slice(max(dx,0),640+min(dx,0)); xo=slice(max(-dx,0),640+min(-dx,0)); ys=slice(max(dy,0),640+min(dy,0)); yo=slice(max(-dy,0),640+min(-dy,0))
                s[:,xs,ys]=P[:,xo,yo]; out|=s
    M[out]|=bit(f)
def toact(rx,s,n): return np.where(s==0,np.where(n==0,rx+1,320-rx),np.where(n==1,321+rx,640-rx))
def build(h,t,p,bad,hot,flick):
    M=np.zeros((4,640,640),np.uint64); nb=p['nboundnbr']
    # mask file
    tab={1:(2,),2:(11,),3:(13,),4:(2,11),5:(11,)}
    ok=(MX>=1)&(MY>=1)
    for v,fs in tab.items():
        j=ok&(MV==v)
        for f in fs: M[MC[j],MX[j]-1,MY[j]-1]|=bit(f)
    j=ok&np.isin(MV,(2,3,4))
    for c,x,y in zip(MC[j],MX[j]-1,MY[j]-1):
        for k in range(1,nb+1):
            if x in(0,639) and y in(0,639): continue
            if x==0: M[c,x+k,y]|=bit(22)
            elif x==639: M[c,x-k,y]|=bit(22)
            if y==0: M[c,x,y+k]|=bit(22)
            elif y==639: M[c,x,y-k]|=bit(22)
            if y not in(0,639):
                if x==321: M[c,x+k,y]|=bit(23)
                if x==319: M[c,x-k,y]|=bit(23)
    act=vec(h['ACTVNODE'])
    for c in range(4):
        for s in range(2):
            on=vec(h['C%dS%dARON'%(c,s)]); inn=vec(h['C%dS%dARIN'%(c,s)]); out=vec(h['C%dS%dAROU'%(c,s)]); n=act[2*c+s]
            def rect(r):
                x1,x2,y1,y2=r; a,b=int(toact(x1,s,n)),int(toact(x2,s,n))
                if n!=s: a,b=b,a
                return a-1,b-1,y1,y2
            lo,hi=(0,319) if s==0 else (320,639)
            X,Y=np.meshgrid(np.arange(640),np.arange(640),indexing='ij'); segm=(X>=lo)&(X<=hi)
            def flag(r,incl):
                a,b,y1,y2=rect(r); inside=(X>=a)&(X<=b)&(Y>=y1)&(Y<=y2)&segm
                per=inside&((X==a)|(X==b)|(Y==y1)|(Y==y2))
                M[c][(segm&~inside) if incl else inside]|=bit(5); M[c][per]|=bit(14)
            if on[0]: flag(inn,True)
            for k in range(4):
                if on[k+1]: flag(out[4*k:4*k+4],False)
    y0=h['WIN_ST']-1; y1=y0+h['WIN_SIZE']-1
    for c in(0,1):
        M[c,:,:y0]|=bit(4); M[c,:,y1+1:]|=bit(4); M[c,:,y0]|=bit(12); M[c,:,y1]|=bit(12)
        for e in(y0,y1):
            for k in range(-nb,nb+1):
                if k and 0<=e+k<640: M[c,:,e+k]|=bit(22)
    if h['CISTATUS']:
        for y in range(h['CIFIRST']-1+h['CIOFFSET'],640,h['CIPERIOD']):
            M[:,:,y]|=bit(6)
            for k in range(1,p['citrailnbr']+1):
                if y+k<640: M[:,:,y+k]|=bit(16)
            for k in range(1,p['ciprenbr']+1):
                if y-k>=0: M[:,:,y-k]|=bit(17)
            for k in(1,2,3):
                if y+k<640: M[:,:,y+k]|=bit(29+2*k)
                if y-k>=0: M[:,:,y-k]|=bit(30+2*k)
    npx=p['npixnbr']
    # bad pixels: selected block with the reader's fault
    tm=bad['TIME']; ts=h['TSTART']
    u=np.unique(tm); u_le=u[u<=ts]; sel=np.flatnonzero(tm==u_le[-1])
    later=np.flatnonzero(tm>u_le[-1])
    rows=list(sel)
    if len(later): rows=[]
    p['_later']=len(later)
    # fault: first row of the block replaced by the row last read (the row before the end: last row of block read)
    if rows: rows=rows[1:]+[rows[-1]]
    P=np.zeros((4,640,640),bool)
    for r in rows: P[bad['CCD_ID'][r],bad['ACTX'][r]-1,bad['ACTY'][r]-1]=True
    M[P]|=bit(7); nbr(M,P,19,npx)
    for r in rows:
        c,x,y,n=int(bad['CCD_ID'][r]),int(bad['ACTX'][r])-1,int(bad['ACTY'][r])-1,int(bad['YEXTEND'][r])
        if n!=1:
            M[c,x,y:y+n]|=bit(8)
            for k in range(1,npx+1):
                for xx in(x-k,x+k):
                    if 0<=xx<640: M[c,xx,y:y+n]|=bit(19)
        Q=np.zeros((4,640,640),bool); Q[c,x,:y]=True; Q[c,x,y+n:]=True
        M[Q]|=bit(18)
        o=np.zeros((4,640,640),bool)
        for dx in range(-npx,npx+1):
            if not 0<=x+dx<640: continue
            for dy in range(-npx,npx+1):
                if dx==0 and dy==0: continue
                ys=np.flatnonzero(Q[c,x])+dy; ys=ys[(ys>=0)&(ys<640)]; o[c,x+dx,ys]=True
        M[o]|=bit(21)
    def pix(rows,f,g):
        M[:]&=~(bit(f)|bit(g)); P=np.zeros((4,640,640),bool)
        for c,x,y in rows: P[c,x-1,y-1]=True
        M[P]|=bit(f); nbr(M,P,g,npx)
    pix([(int(c),int(x),int(y)) for tt,c,x,y in hot if h['TSTART']-86400<=tt<=h['TSTOP']+86400],9,19)
    if flick is not None: pix([(int(r['CCD_ID']),int(r['ACTX']),int(r['ACTY'])) for r in flick if h['TSTART']<=r['START']<=h['TSTOP']],10,20)
    B=(M&np.uint64(0x183e0))!=0; C=B.copy(); C[:,0]=C[:,639]=False; C[:,:,0]=C[:,:,639]=False
    nbr(M,C,15,1)
    return M
def case(seed):
    g=np.random.default_rng(1000+seed); d='scratch/f%d/'%seed; os.makedirs(d,exist_ok=True); U=g.uniform
    base=g.choice(['base','window']); 
    import gzip
    e=fits.open('shared/golden/%s/input/events.fits.gz'%base); h=e[1].header; rows=np.sort(g.choice(len(e[1].data),N,replace=False)); t=e[1].data[rows].copy()
    e[1].data=t; h=e[1].header
    V=lambda x:'('+','.join(str(int(z)) for z in x)+')'
    act=g.integers(0,2,8); h['ACTVNODE']=V(act)
    h['CISTATUS']=int(g.random()<.8); h['CIPERIOD']=int(g.choice([80,64,54,27,160])); h['CIFIRST']=int(g.integers(1,60)); h['CIOFFSET']=int(g.integers(4,80))
    # no ambiguity at the end: last CI row must be followed by 3 rows
    if h['CISTATUS']:
        last=list(range(h['CIFIRST']-1+h['CIOFFSET'],640,h['CIPERIOD']))[-1]
        if last>636: h['CIOFFSET']=h['CIOFFSET']-4 if h['CIOFFSET']>8 else h['CIOFFSET']+5
    if base=='window': h['WIN_ST']=int(g.integers(1,561)); h['WIN_SIZE']=80
    for c in range(4):
        for s in range(2):
            on=[1]+[int(g.random()<.3) for _ in range(4)]
            if g.random()<.3: on[0]=0
            def r():
                a=sorted(g.integers(0,320,2)); b=sorted(g.integers(0,640,2)); return [a[0],a[1],b[0],b[1]]
            inn=[int(g.integers(0,30)),int(g.integers(290,320)),int(g.integers(0,60)),int(g.integers(560,640))]
            out=[]
            for k in range(4): 
                q=r(); q[1]=min(q[0]+40,319); q[3]=min(q[2]+60,639); out+=q
            h['C%dS%dARON'%(c,s)]=V(on); h['C%dS%dARIN'%(c,s)]=V(inn); h['C%dS%dAROU'%(c,s)]=V(out)
    nd=act[2*t['CCD_ID'].astype(int)+t['SEGMENT']]; t['READNODE']=nd
    # cluster positions near edges and in a small patch so that echoes arise
    rx=t['RAWX'].astype(int); ry=t['RAWY'].astype(int); j=g.random(N)<.3; rx[j]=g.integers(40,46,j.sum()); ry[j]=g.integers(100,106,j.sum())
    j=g.random(N)<.1; rx[j]=g.choice([0,1,2,317,318,319],j.sum()); j=g.random(N)<.1; ry[j]=g.choice([0,1,2,637,638,639],j.sum())
    t['RAWX']=rx; t['RAWY']=ry; s=t['SEGMENT'].astype(int); t['ACTX']=toact(rx,s,nd)
    t['ACTY']=(ry%80+h['WIN_ST']) if base=='window' else ry+1
    if base=='window':
        oth=t['CCD_ID']>1; t['ACTY'][oth]=ry[oth]+1
    j=g.random(N)<.01; t['CCD_ID'][j]=255; j=g.random(N)<.01; t['ACTY'][j]=g.choice([-1,0,641],j.sum()); 
    inn=g.integers(-20,40,(N,9)); inn[:,0]=g.integers(30,900,N); t['PHAS_INNER3X3']=inn; t['PHAS']=g.integers(-20,60,(N,9)); 
    hotpatch=(g.random(N)<.9)&(rx>=40)&(rx<46); t['PHAS'][hotpatch,5]=80
    om=g.integers(0,65536,N); om[g.random(N)<.7]=0; t['P_OUTER_MOST']=om
    p_=t['PROC_STATUS']; p_[:,1]=g.random(N)<.02; p_[:,16]=g.random(N)<.02; t['STATUS']=g.random(t['STATUS'].shape)<.1; t['PHAS_MASK']=g.random((N,9))<.1
    tm=np.sort(t['TIME']); t['TIME']=tm
    for tag in('CHECKSUM','DATASUM'): h.remove(tag,ignore_missing=True)
    e.writeto(d+'ev.fits',overwrite=True)
    nbp=int(g.integers(3,12)); rows=[]
    for T0 in (15000000.,31536000.)+((2e8,) if g.random()<.3 else ()):
        for _ in range(nbp):
            y=int(g.integers(1,641)); n=1 if g.random()<.6 else int(g.integers(2,min(200,642-y)+1)) if y<640 else 1
            rows.append((T0,int(g.integers(0,4)),int(g.choice([1,640,int(g.integers(1,641))])),y,min(n,641-y)))
    bad=np.array(rows,dtype=[('TIME','>f8'),('CCD_ID','u1'),('ACTX','>i2'),('ACTY','>i2'),('YEXTEND','>i2')])
    f=fits.open('shared/golden/caldb/badpix.fits.gz'); x=fits.BinTableHDU(bad,name='BADPIX')
    for k in('TELESCOP','INSTRUME'): x.header[k]=f[1].header[k]
    fits.HDUList([fits.PrimaryHDU(),x]).writeto(d+'bad.fits',overwrite=True)
    f=fits.open('shared/golden/base/input/hotpix.fits.gz'); ht=f[1].data[g.random(len(f[1].data))<.3]; ht['TIME']=U(h['TSTART']-2e5,h['TSTOP']+2e5,len(ht)); f[1].data=ht; f.writeto(d+'hot.fits',overwrite=True)
    fl=None
    if g.random()<.5:
        f=fits.open('shared/golden/base/expected/07_searchflickpix.fits.gz'); ft=f[1].data; ft['START'][:]=U(h['TSTART']-100,h['TSTOP']+100,len(ft)); ft['ACTX'][:]=g.integers(1,641,len(ft)); f.writeto(d+'fl.fits',overwrite=True); fl=ft
    p=dict(npixnbr=int(g.integers(1,3)),nboundnbr=int(g.integers(1,4)),citrailnbr=int(g.integers(0,5)),ciprenbr=int(g.integers(0,5)),echonbr=int(g.integers(0,4)),echomin=int(g.integers(1,8)),echospth=int(g.integers(5,30)),echofrac=round(U(.2,.9),2))
    if g.random()<.3: p['bad_status']=str(g.choice(['3:12,16:20,25:28,30,37','6:9','2,14,21:23']))
    p['echoflag']='yes' if g.random()<.8 else 'no'; p['copyphas']='yes' if g.random()<.7 else 'no'; p['resetflags']='yes' if g.random()<.7 else 'no'
    hd=fits.getheader(d+'ev.fits',1); t=fits.getdata(d+'ev.fits',1)
    M=build(hd,t,p,bad,[(r['TIME'],r['CCD_ID'],r['ACTX'],r['ACTY']) for r in ht],fl)
    lim={c:(hd.get('TNULL%d'%i),hd.get('TLMIN%d'%i),hd.get('TLMAX%d'%i)) for i,c in enumerate(t.names,1)}
    if p['echoflag']=='yes':
        norm=np.zeros((4,640,640),int); cnt=norm.copy()
        for i in range(N):
            c,s,n=int(t['CCD_ID'][i]),int(t['SEGMENT'][i]),int(t['READNODE'][i])
            if math.isnan(t['TIME'][i]) or (c==1 and s==1) or c>3: continue
            om=int(t['P_OUTER_MOST'][i])
            for k in range(1,25):
                rx=int(t['RAWX'][i])+DRX[k]; ry=int(t['RAWY'][i])+DRY[k]
                if rx<0 or rx>319 or ry<0 or ry>639: continue
                x=int(toact(rx,s,n))-1; norm[c,x,ry]+=1
                if (int(t['PHAS'][i][k])>p['echospth']) if k<9 else (om>>(k-9))&1: cnt[c,x,ry]+=1
        with np.errstate(all='ignore'): P=(norm>=p['echomin'])&(norm>0)&(cnt/np.maximum(norm,1)>p['echofrac'])
        nbr(M,P,37,p['echonbr'],True)
    badm=np.uint64(0)
    for f in rng(p.get('bad_status','3:9,11,12,16:19,25:28,30,37')): badm|=bit(f)
    cmd=[SXI,'sxiflagpix','infile='+d+'ev.fits','outfile='+d+'o.fits','outbadimg='+d+'img.fits','outbadpix=NONE','badpixfile='+d+'bad.fits','hotpixfile='+d+'hot.fits','flickpixfile='+(d+'fl.fits' if fl is not None else 'NONE'),'maskfile=shared/golden/caldb/mask.fits.gz','clobber=yes','compat=heasoft-6.20']+['%s=%s'%kv for kv in p.items() if kv[0][0]!='_']
    pr=subprocess.run(cmd,capture_output=True,text=True)
    if pr.returncode: print(seed,base,'rc',pr.returncode,pr.stderr[-400:],p); return
    r=fits.getdata(d+'o.fits','EVENTS'); badr={}; nflag3=0
    own=list(range(0,23))+list(range(30,48))
    for i in range(N):
        w=np.array(t['STATUS'][i]).copy(); mk=np.array(t['PHAS_MASK'][i]).astype(int).copy(); ph=t['PHAS'][i].copy()
        if not(t['PROC_STATUS'][i][1] or t['PROC_STATUS'][i][16]):
            out=False
            for c in('CCD_ID','ACTX','ACTY','RAWX','RAWY','SEGMENT'):
                nul,lo,hi=lim[c]; x=int(t[c][i])
                if x<lo or x>hi or x==nul: out=True
            if out: w[2]=True; nflag3+=1
            else:
                if p['copyphas']=='yes': ph=t['PHAS_INNER3X3'][i]
                if p['resetflags']=='yes': mk[:]=0; w[own]=False
                c,x,y=int(t['CCD_ID'][i]),int(t['ACTX'][i])-1,int(t['ACTY'][i])-1
                m=M[c,x,y]
                if m&badm: m=m|bit(1)
                for f in own: w[f]=bool(m&bit(f+1))
                nodeAC=int(t['READNODE'][i])==int(t['SEGMENT'][i])
                TX=[0,-1,-1,-1,0,0,1,1,1]; TY=[0,-1,0,1,-1,1,-1,0,1]
                for k in range(1,9):
                    if nodeAC: xx,yy=x+TX[k],y+TY[k]
                    else: continue
                    if xx<=0 or yy<=0 or xx>639 or yy>639: continue
                    if M[c,xx,yy]&np.uint64(0x183e0): mk[k]=1
        if (np.array(r['STATUS'][i])!=w).any(): badr.setdefault('STATUS',[]).append((i,np.flatnonzero(np.array(r['STATUS'][i])!=w)+1,int(t['CCD_ID'][i]),int(t['ACTX'][i]),int(t['ACTY'][i])))
        if (np.array(r['PHAS_MASK'][i]).astype(int)!=mk).any() and int(t['ACTX'][i])!=1: badr.setdefault('MASK',[]).append((i,r['PHAS_MASK'][i],mk,int(t['CCD_ID'][i]),int(t['ACTX'][i]),int(t['ACTY'][i]),int(t['READNODE'][i]),int(t['SEGMENT'][i])))
        if (r['PHAS'][i]!=ph).any(): badr.setdefault('PHAS',[]).append(i)
    img=np.full((1811,1811),-1); det=hd['DETNAM'].strip(); j=(MDX>=1)&(MDY>=1)&(MX>=1)&(MY>=1)&((det=='CCD')|((det=='CCD12')&(MC<2))|((det=='CCD34')&(MC>1))); mm=M[MC[j],MX[j]-1,MY[j]-1]; v=np.zeros(len(mm),int); v[(mm&bit(2))!=0]=1; v[(mm&badm)!=0]=2; v[(mm&(bit(3)|bit(4)|bit(5)))!=0]=-1; img[MDY[j],MDX[j]]=v
    di=fits.getdata(d+'img.fits'); nb=(di!=img[1:,1:]).sum()
    print(seed,base,p,'CI',hd['CISTATUS'],hd['CIFIRST'],hd['CIOFFSET'],hd['CIPERIOD'],'flag3',nflag3,'flag37',int(((M&bit(37))!=0).sum()),'BAD' if badr or nb else 'ok','img',nb,{k:(len(v),v[:3]) for k,v in badr.items()},flush=True)
for s in seeds:
    case(s); os.system('rm -rf scratch/f%d'%s)
