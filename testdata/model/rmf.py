import sys, subprocess, os, math, numpy as np
from astropy.io import fits
import warnings; warnings.simplefilter('ignore')
SXI=sys.argv[1]; S2=0.5/math.sqrt(2*math.log(2))
def case(seed):
    g=np.random.default_rng(seed); d='scratch/r%d/'%seed; os.makedirs(d,exist_ok=True)
    f=fits.open('shared/golden/rmf/input/rmfparam.fits.gz')
    for x in f[1:]:
        t=x.data
        for c in t.names[4:]:
            if 'FWHM' in c or 'AMP' in c: t[c]=t[c]*g.uniform(.5,2,(len(t),1))
        t['CORNER_DETX']+=g.integers(-60,60,(len(t),4)); t['CORNER_DETY']+=g.integers(-60,60,(len(t),4))
    f.writeto(d+'p.fits',overwrite=True)
    w=fits.open('shared/golden/rmf/input/wmap.pha.gz'); h=w[0].header
    n=int(g.integers(40,182)); im=np.zeros((n,n),'f4'); k=int(g.integers(1,400)); np.add.at(im,(g.integers(0,n,k),g.integers(0,n,k)),g.integers(1,20,k)); im[g.integers(0,n),g.integers(0,n)]=-1
    w[0].data=im; h['X-OFFSET']=int(g.integers(1,182-n+1)); h['Y-OFFSET']=int(g.integers(1,182-n+1)); mode=str(g.choice(['WINDOW1','WINDOW2']));h['DATAMODE']=mode; w[1].header['DATAMODE']=mode
    w.writeto(d+'w.pha',overwrite=True)
    grids=[(20.,40)] if g.random()<.5 else [(10.,20),(200.,15)]
    p=dict(eminin=float(g.choice([200.,100.,50.,1000.])),dein=','.join(str(x[0]) for x in grids),nchanin=','.join(str(x[1]) for x in grids),eminout=float(g.choice([0.,0.,60.])),deout=float(g.choice([6.,12.])),nchanout=int(g.choice([4096,2000,1000])),rmfthresh=float(g.choice([1e-6,1e-4,1e-12])))
    pr=subprocess.run([SXI,'sxirmf','infile='+d+'w.pha','outfile='+d+'o.rmf','rmfparam='+d+'p.fits','clobber=yes','compat=heasoft-6.20']+['%s=%s'%kv for kv in p.items()],capture_output=True,text=True)
    if pr.returncode: print(seed,'rc',pr.stderr[-300:],p); return
    t=f[1 if mode=='WINDOW1' else 2].data; tobs=(h['TSTART']+h['TSTOP'])/2; u=np.unique(t['TIME']); u=u[u<=tobs][-1] if (u<=tobs).any() else u[0]; t=t[t['TIME']==u]
    x0=(h['X-OFFSET']-1)*h['WMREBIN']+1; y0=(h['Y-OFFSET']-1)*h['WMREBIN']+1
    W=[]
    P,Q=np.meshgrid(np.arange(n),np.arange(n),indexing='ij'); X=P*h['WMREBIN']+x0; Y=Q*h['WMREBIN']+y0; img=im  # img[p][q], q fastest
    for r in t:
        cx=r['CORNER_DETX'].astype(int); cy=r['CORNER_DETY'].astype(int); z=[]
        for a in range(4):
            b=(a+1)%4; z.append((X-cx[a])*(cy[b]-cy[a])-(Y-cy[a])*(cx[b]-cx[a]))
        z=np.array(z); ins=(z>0).all(0)|(z<0).all(0)|(z==0).any(0); W.append(img[ins&(img>0)].sum(dtype=float))
    W=np.array(W); 
    nch=p['nchanout']; s=p['eminout']*.001; dd=p['deout']*.001; i=np.arange(nch); ec=.5*((s+i*dd)+((s+i*dd)+dd)); chan=lambda e:int(min(max(math.floor((e-s)/dd),0),nch-1))
    r=fits.open(d+'o.rmf'); m=r[1].data; row=0; worst=0; gb=0; e0=p['eminin']*.001; tot=W[W>0].sum()
    for de,nn in grids:
        de*=.001
        for j in range(nn):
            E=.5*((e0+j*de)+((e0+j*de)+de)); full=np.zeros(nch)
            for q,wt in zip(t,W):
                if wt<=0: continue
                en=q['ENERGY']; ii=max(min(int(np.searchsorted(en,E,'right'))-1,len(en)-2),0)
                v=lambda c:q[c][ii]+(q[c][ii+1]-q[c][ii])*(E-en[ii])/(en[ii+1]-en[ii])
                comps=[(E,v('PRIMARY_FWHM'),1.),(E-v('SECONDARY_OFFSET'),v('SECONDARY_FWHM'),v('SECONDARY_AMP')),(E-v('ESCAPE_OFFSET'),v('ESCAPE_FWHM'),v('ESCAPE_AMP')),(E-v('FLUOR_OFFSET'),v('FLUOR_FWHM'),v('FLUOR_AMP'))]
                ca=v('CONST_AMP'); area=1+sum(c[2] for c in comps[1:])+ca; rw=np.zeros(nch)
                for c,fw,a in comps:
                    sg=fw*S2; lo,hi=chan(c-5*sg),chan(c+5*sg); k=np.arange(lo,hi+1); y=np.exp((-0.5*(ec[k]-c)*(ec[k]-c))/sg/sg)/math.sqrt(2*math.pi)/sg
                    if y.sum()==0: rw[:]=np.nan; continue
                    rw[k]+=a/area*y/y.sum()
                lo,hi=chan(s),chan(E); rw[lo:hi+1]+=ca/area/(hi-lo+1)
                full+=rw*(wt/tot)
            got=np.zeros(nch); pos=0
            for a,b in zip(np.atleast_1d(m['F_CHAN'][row]),np.atleast_1d(m['N_CHAN'][row])): got[a:a+b]=m['MATRIX'][row][pos:pos+b]; pos+=b
            want=np.where(full>p['rmfthresh'],full,0)
            if np.isnan(full).any(): want=np.zeros(nch)
            nearthr=abs(full-p['rmfthresh'])<1e-5*p['rmfthresh']
            dif=np.where(nearthr,0,np.abs(got-want)-np.maximum(1e-5*np.abs(want),1e-9)); worst=max(worst,dif.max()); gb+=(dif>0).any(); row+=1
        e0+=nn*de
    print(seed,mode,p,'n',n,'rows',row,len(m),'ok' if worst<=0 else 'BAD rows %d worst %g'%(gb,worst),flush=True)
for s in range(int(sys.argv[2]),int(sys.argv[3])): case(s); os.system('rm -rf scratch/r%d'%s)
