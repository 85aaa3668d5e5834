import sys, subprocess, os, math, numpy as np
from astropy.io import fits
import warnings; warnings.simplefilter('ignore')
sys.path.insert(0,'/tmp/fz'); import oracle
SXI=sys.argv[1]; seeds=range(int(sys.argv[2]),int(sys.argv[3])); N=int(sys.argv[4]) if len(sys.argv)>4 else 600
B='scratch/'
def case(seed):
    g=np.random.default_rng(seed); d='scratch/c%d/'%seed; os.makedirs(d,exist_ok=True)
    U=g.uniform
    # calibration
    f=fits.open(B+'vtevnodd.fits'); t=f[1].data; n=len(t)
    t['VT_GAIN_NORM']*=U(.3,3,n); t['VT_GAIN_INDEX']=np.where(g.random(n)<.5,t['VT_GAIN_INDEX']*U(.8,1.2,n),np.round(U(1,3,n))); t['GAIN_OFFSET']+=U(-3,3,n); t['GAIN_LINR']*=U(.9,1.1,n); t['GAIN_QUAD']*=U(-2,2,n)
    f[1].header['VT_MAX']=U(5,25); f[1].header['PH_REF']=U(500,1500)
    if g.random()<.3: f[1].data=t[g.random(n)>.05]; 
    f[1].data['TIME'][:]=np.sort(f[1].data['TIME'])
    f.writeto(d+'vt.fits',overwrite=True); vt=(f[1].header,f[1].data)
    f=fits.open(B+'chtrail.fits')
    for x in f[1:]:
        t=x.data;n=len(t); t['NORM_H']*=U(-.3,3,n); t['NORM_V']*=U(.3,3,n); t['INDEX_H']*=U(.5,1.5,n); t['INDEX_V']*=U(.5,1.5,n); t['PH_CUT']=U(10,200,n); t['ESLOPE']*=U(-3,3,n); t['EOFFSET']+=U(-1,1,n); t['OFFSET_H']+=U(-5,5,n)
    f.writeto(d+'trail.fits',overwrite=True); F=f
    mode=g.choice(['WINDOW1','WINDOW2','WINDOW1BURST','WINDOW2BURST']); hdu=1 if mode.startswith('WINDOW1') else 2
    tr=(f[hdu].header,f[hdu].data)
    f=fits.open(B+'cti.fits')
    for x in f[1:3]:
        t=x.data;n=len(t)
        for T in 'FSA':
            t['PARA_%s_NORM'%T]*=U(.2,4,(n,1)).astype('f4'); t['PARA_%s_SCALE'%T]*=U(.3,3,(n,1)).astype('f4'); t['PARA_%s_INDEX'%T]*=U(.3,2,(n,1)).astype('f4'); t['PARA_%s_PROB'%T]*=U(0,1.3,(n,1)).astype('f4')
        t['GFACTOR']*=U(.5,2,(n,4)); t['PH_CUT']=U(5,150,n)
        for c in('GOFFSET_AL0','GOFFSET_AM0','GOFFSET_AH0'): t[c]+=U(-5,5,(n,4))
        x.header['PH_REF']=U(500,1500)
    a=f['ANOMALY_REGION'].data; sel=g.random(len(a))<U(0,.5); m=g.integers(1,600,len(a)); M=np.minimum(640,m+g.integers(1,[40,300][g.integers(2)],len(a)))
    a['ANOMALY_MIN']=np.where(sel,m,0); a['ANOMALY_MAX']=np.where(sel,M,0)
    perm=g.permutation(len(a)); f['ANOMALY_REGION'].data=a[perm]
    f.writeto(d+'cti.fits',overwrite=True); ct=(f[hdu].header,f[hdu].data); an=(None,f['ANOMALY_REGION'].data)
    f=fits.open(B+'spth.fits'); t=f[1].data; n=len(t); t['SPTH_OFFSET']=U(2,40,n); t['SPTH_LINR']=U(-.01,.06,n); 
    if g.random()<.3: f[1].data=t[g.random(n)>.05]
    f.writeto(d+'spth.fits',overwrite=True); sp=(None,f[1].data)
    f=fits.open(B+'gain.fits')
    for x in f[1:]:
        t=x.data;n=len(t)
        for b in('LOW','MED','HI'): t['OFFSET_'+b]+=U(-4,4,n); t['LINR_'+b]*=U(.9,1.1,n)
    f.writeto(d+'gain.fits',overwrite=True); ga=(None,f[hdu].data)
    f=fits.open(B+'pattern.fits')
    if g.random()<.3: f[1].data=f[1].data[g.random(256)>.1]
    f.writeto(d+'pattern.fits',overwrite=True); pa=(None,f[1].data)
    # hk
    f=fits.open(B+'hk.fits'); t=f[1].data
    keep=g.random(len(t))>U(0,.4); keep[[0,-1]]=True; t=t[keep]
    for c in t.names[1:]: t[c]=t[c]+U(-8,8)
    f[1].data=t; f.writeto(d+'hk.fits',overwrite=True)
    # events
    e=fits.open(B+'events.fits'); h=e[1].header; t=e[1].data[:N].copy(); e[1].data=t; N_=len(t)
    vec=lambda x:'('+','.join(str(int(z)) for z in x)+')'
    act=g.integers(0,2,8); h['ACTVNODE']=vec(act); h['HUCLEGTH']=vec(g.integers(0,12,8)); h['VUCHEGHT']=vec(g.integers(0,12,8)); h['IMGHEGHT']=vec(g.integers(630,650,8)); h['EVENTTHR']=vec(g.integers(5,60,8))
    if g.random()<.3: h['EVENTTHR']='( 20,NA, 24,26,na,30,32,34 )'
    h['DATAMODE']=mode; h['CISTATUS']=int(g.random()<.8); h['CIPERIOD']=int(g.choice([80,64,54,27,160])); h['CIOFFSET']=int(g.integers(0,120)); h['CIFIRST']=int(g.integers(0,90)); h['WIN_ST']=int(g.integers(1,561)) if hdu==2 else 1; h['WIN_SIZE']=80 if hdu==2 else 640
    t['CCD_ID']=g.integers(0,4,N_); t['SEGMENT']=g.integers(0,2,N_)
    nd=act[2*t['CCD_ID']+t['SEGMENT']]; flip=g.random(N_)<.1; nd=np.where(flip,1-nd,nd); t['READNODE']=nd
    rx=g.integers(0,320,N_); ed=g.random(N_); rx=np.where(ed<.12,0,np.where(ed<.24,319,np.where(ed<.27,1,np.where(ed<.3,318,rx)))); t['RAWX']=rx
    s=t['SEGMENT']; t['ACTX']=np.where(s==0,np.where(nd==0,rx+1,320-rx),np.where(nd==1,321+rx,640-rx))
    # keep the interior: neighbours of the own row outside 0..319 must lie at the boundary or off the CCD
    ay=g.integers(1,641,N_); ed=g.random(N_); ay=np.where(ed<.05,1,np.where(ed<.1,640,ay)); t['ACTY']=ay; t['RAWY']=ay-1
    t['ADCAVE']=g.choice([0,1,2],N_)
    ph=t['PHAS'].astype(int); sc=U(.2,4); ph=np.where(ph==-32768,ph,(ph*sc+g.integers(-10,11,ph.shape))).astype('i2'); 
    j=g.random(N_)<.5; ring=g.integers(-20,120,ph.shape); ring[:,0]=np.maximum(ring.max(axis=1),0)+g.integers(0,500,N_); ph[j]=ring[j]; 
    j=g.random(ph.shape)<.003; ph[j]=g.choice([0,-5001,-32768,32767,-1,4095],j.sum()); t['PHAS']=ph
    t['PHAS_MASK']=(g.random(ph.shape)<U(0,.05))*g.integers(1,3,ph.shape)
    t['GRADE']=g.integers(-1,12,N_); t['PHA']=g.integers(0,4097,N_); j=g.random(N_)<.5; t['PHA'][j]=g.integers(0,600,j.sum())
    om=g.integers(-32768,32768,N_); om[g.random(N_)<.6]=0; om+=0
    t['P_OUTER_MOST']=om+32768 if False else np.where(om<0,om+65536,om)
    j=g.random(N_)<.01; t['TIME'][j]=np.nan
    p=t['PROC_STATUS']; p[g.random(N_)<.02,1]=True; p[g.random(N_)<.02,0]=True; p[g.random(N_)<.02,16]=True
    t['STATUS']=g.random(t['STATUS'].shape)<.05
    for tag in('CHECKSUM','DATASUM'): h.remove(tag,ignore_missing=True)
    e.writeto(d+'ev.fits',overwrite=True)
    P=dict(infile=d+'ev.fits')
    par={}
    if g.random()<.3: par['ctigrade']='no'
    for sw in('evnoddcor','chtrailcor','cticor','gaincor','spthiter','spthcaldb'):
        if g.random()<.12: par[sw]='no'
    par['badpixopt']=int(g.choice([1,2,2,3]))
    if g.random()<.2: par['phcut']=round(U(1,300),2)
    if g.random()<.2: par['negthre']=-int(U(1,40))
    if g.random()<.2: par['evtthre']=int(U(0,100))
    if par.get('spthcaldb')=='no': par['spthoffset']=round(U(3,40),2); par['spthslope']=round(U(-.5,1.5),2)
    if g.random()<.3: par['deltatime']=int(g.choice([3,4,12,20]))
    hkn=g.random()<.1
    rz=g.random()<.4; seed_=int(g.choice([-1457,1,123456,-5,2147483647]))
    hd=fits.getheader(d+'ev.fits',1); t=fits.getdata(d+'ev.fits',1)
    lim={}
    for i,c in enumerate(t.names,1): lim[c]=(hd.get('TNULL%d'%i),hd.get('TLMIN%d'%i),hd.get('TLMAX%d'%i))
    hkd=fits.getdata(d+'hk.fits',1)
    hk={'TIME':hkd['TIME'].astype(float)}; ids='ABBB'
    for c in range(4): hk[c]=hkd['SXI_USR_HKTBL_MIO%d_VT_%s_CAL'%(1 if c<2 else 2,ids[c])].astype(float)
    ev={c:t[c] for c in('TIME','CCD_ID','SEGMENT','READNODE','RAWX','ACTX','ACTY','ADCAVE','PHAS','GRADE','PHA')}
    ev['MASK']=t['PHAS_MASK'];ev['PROC']=t['PROC_STATUS'];ev['OUTER']=t['P_OUTER_MOST'];ev['LIM']=lim
    T=oracle.load(None if hkn else hk,dict(vt=vt,trail=tr,cti=ct,anom=an,spth=sp,gain=ga,pattern=pa),hd,par)
    rnd=None
    if rz:
        rs=np.random.RandomState(seed_&0xffffffff); buf=iter(rs.randint(0,2**32,size=9*len(t),dtype=np.uint32).tolist()); rnd=lambda:next(buf)/4294967296.0
    try: want=oracle.run(ev,hd,T,par,rnd)
    except RuntimeError as x: want=str(x)
    cmd=[SXI,'sxipi','infile='+d+'ev.fits','outfile='+d+'out.fits','hkfile='+('NONE' if hkn else d+'hk.fits'),'vtevnoddfile='+d+'vt.fits','chtrailfile='+d+'trail.fits','ctifile='+d+'cti.fits','spthfile='+d+'spth.fits','gainfile='+d+'gain.fits','patternfile='+d+'pattern.fits','debugcol=yes','randomize='+('yes' if rz else 'no'),'seed=%d'%seed_,'clobber=yes','compat=heasoft-6.20']+['%s=%s'%kv for kv in par.items()]
    pr=subprocess.run(cmd,capture_output=True,text=True)
    if pr.returncode or isinstance(want,str):
        print(seed,'rc',pr.returncode,pr.stderr.strip()[-300:],'oracle:',want if isinstance(want,str) else 'ok',par,mode); return
    r=fits.getdata(d+'out.fits','EVENTS'); bad={}
    st0=np.asarray(t['STATUS']); near=0
    for i,o in enumerate(want):
        w=st0[i].copy()
        for b in o['S']: w[b]=True
        def cmpv(nm,x):
            a=np.array(r[nm][i],float); x=np.array(x,float)
            ok=(np.isnan(a)&np.isnan(x))|(a==x)|(np.abs(a-x)<=1e-9*1)
            if not ok.all(): bad.setdefault(nm,[]).append((i,float(np.nanmax(np.abs(np.where(np.isfinite(a-x),a-x,1e99))))))
        cmpv('PHAS_EVENODD',o['EVO']);cmpv('PHAS_TRAILCORR',o['TRL']);cmpv('PHAS_CTICORR',o['CTI'])
        for c in('PHA','PI','GRADE','PHA_SPTH','GRADE_SPTH'):
            if int(r[c][i])!=o[c]: bad.setdefault(c,[]).append((i,int(r[c][i]),o[c]))
        if (np.asarray(r['STATUS'][i])!=w).any(): bad.setdefault('STATUS',[]).append((i,np.flatnonzero(np.asarray(r['STATUS'][i])!=w).tolist()))
    good=sum(o['PHA']<4096 for o in want)
    print(seed,mode,par,'rand' if rz else '','hkNONE' if hkn else '', 'good',good,'BAD' if bad else 'ok',{k:(len(v),v[:3]) for k,v in bad.items()},flush=True)
for s in seeds: case(s)
