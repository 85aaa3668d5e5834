import sys, subprocess, os, math, numpy as np
from astropy.io import fits
from scipy.special import gammainc
import warnings; warnings.simplefilter('ignore')
SXI=sys.argv[1]
def case(seed):
    g=np.random.default_rng(seed); d='scratch/k%d/'%seed; os.makedirs(d,exist_ok=True)
    e=fits.open('shared/golden/base/input/events.fits.gz'); h=e[1].header; n=4000; t=e[1].data[:n].copy(); e[1].data=t
    t['CCD_ID']=g.integers(0,4,n); 
    cx=g.integers(1,641,12); cy=g.integers(1,641,12); cy[:3]=(1,640,320); c=g.integers(0,4,12); w=g.choice(12,n,p=g.dirichlet(np.ones(12)*.5)); j=g.random(n)<g.uniform(.1,.7)
    t['ACTX']=np.where(j,cx[w],np.clip(g.normal(320,g.choice([30,200]),n),1,640)); t['ACTY']=np.where(j,cy[w],np.clip(g.normal(320,g.choice([30,200]),n),1,640)); t['CCD_ID']=np.where(j,c[w],t['CCD_ID'])
    t['GRADE']=g.choice([0,1,2,3,4,5,6,7],n); t['PI']=g.integers(0,4096,n); t['TIME']=np.sort(g.uniform(h['TSTART'],h['TSTOP'],n))
    for tag in('CHECKSUM','DATASUM'): h.remove(tag,ignore_missing=True)
    e.writeto(d+'ev.fits',overwrite=True)
    p=dict(grade=str(g.choice(['0','0,2,3,4,6'])),cellsize=int(g.choice([0,3,5,7,9])),impfac=float(g.choice([320,10,1000,50])),logprob1=float(g.choice([-5.6,-3,1])),logprob2=float(g.choice([-5.6,-2,-8,1])),iterate=str(g.choice(['yes','no'])),bthresh=float(g.choice([3,1,6])),n_division=int(g.choice([1,1,2,5])),flagedge=str(g.choice(['no','no','yes'])))
    if g.random()<.3: p['chanmin'],p['chanmax']=500,3000
    cmd=[SXI,'searchflickpix','infile='+d+'ev.fits','outfile='+d+'o.fits','clobber=yes','compat=heasoft-6.20']+['%s=%s'%kv for kv in p.items()]
    pr=subprocess.run(cmd,capture_output=True,text=True)
    if pr.returncode: print(seed,'rc',pr.stderr[-300:],p); return
    t=fits.getdata(d+'ev.fits',1); gr=[int(x) for x in p['grade'].split(',')]
    L=(h['TSTOP']-h['TSTART'])/p['n_division']; want=set()
    for k in range(p['n_division']):
        a,b=h['TSTART']+k*L,h['TSTART']+(k+1)*L
        ok=(t['TIME']>=a)&(t['TIME']<=b)&np.isin(t['GRADE'],gr)&(t['PI']>=p.get('chanmin',0))&(t['PI']<=p.get('chanmax',4095))
        for c in range(4):
            C=np.zeros((640,640)); S=C.copy(); q=ok&(t['CCD_ID']==c)
            np.add.at(C,(t['ACTX'][q]-1,t['ACTY'][q]-1),1); np.add.at(S,(t['ACTX'][q]-1,t['ACTY'][q]-1),t['PI'][q].astype(float))
            if C.sum()==0: continue
            xs,ys=np.nonzero(C); x0,x1,y0,y1=xs.min(),xs.max(),ys.min(),ys.max(); area=(x1-x0+1)*(y1-y0+1)
            if area<=1: continue
            O=C.copy(); F=np.zeros_like(C,bool)
            if p['cellsize']==0: F=O>p['bthresh']
            else:
                if p['logprob1']<=0:
                    bb=p['impfac']*C.sum()/(area-1); hit=(gammainc(C+1,bb)<10**p['logprob1']); F|=hit; C[hit]=0
                if p['logprob2']<=0:
                    hw=p['cellsize']//2
                    while True:
                        B=C[x0:x1+1,y0:y1+1]; U=~F[x0:x1+1,y0:y1+1]; nx,ny=B.shape; sm=np.zeros_like(B); nu=np.zeros_like(B)
                        for dx in range(-hw,hw+1):
                            for dy in range(-hw,hw+1):
                                ix=np.clip(np.arange(nx)+dx,0,nx-1); iy=np.clip(np.arange(ny)+dy,0,ny-1)
                                sm+=B[np.ix_(ix,iy)]; nu+=U[np.ix_(ix,iy)]
                        with np.errstate(all='ignore'): bg=(sm-B)/(nu-1)
                        with np.errstate(all='ignore'): hit=(B>bg)&~((bg==0)&(B<p['bthresh']))&(gammainc(B+1,bg)<10**p['logprob2'])&U
                        if not hit.any(): break
                        F[x0:x1+1,y0:y1+1]|=hit; B[hit]=0
                        if p['iterate']=='no': break
                if p['flagedge']=='yes':
                    hw=p['cellsize']//2; E=np.zeros_like(F); E[x0:x1+1,y0:y1+1]=True; E[x0+hw:x1+1-hw,y0+hw:y1+1-hw]=False; F|=E
            for x,y in zip(*np.nonzero(F&(O>0))): want.add((round(a,6),c,x+1,y+1,int(O[x,y]),int(S[x,y]/O[x,y])))
    r=fits.getdata(d+'o.fits','PIXELS'); got=set((round(float(x['START']),6),int(x['CCD_ID']),int(x['ACTX']),int(x['ACTY']),int(x['COUNTS']),int(x['PI'])) for x in r)
    print(seed,p,len(want),'ok' if got==want and len(r)==len(got) else 'BAD +%s -%s'%(sorted(got-want)[:4],sorted(want-got)[:4]),flush=True)
for s in range(int(sys.argv[2]),int(sys.argv[3])): case(s); os.system('rm -rf scratch/k%d'%s)
