"""Independent model of the energy step from the written specification (energy-chain.md), scalar Python."""
import math, numpy as np
NAN=float('nan')
def ivec(s):
    out=[]
    for t in s.strip().lstrip('( ').rstrip(') \n').split(','):
        t=t.strip(); out.append(0 if t.upper()=='NA' else int(t))
    assert len(out)==8; return out
def powr(a,b):
    try: return math.pow(a,b)
    except OverflowError: return float('inf')
    except ValueError: return NAN if not (a==0 and b<0) else float('inf')
def expf(x):
    try: return math.exp(x)
    except OverflowError: return float('inf')
def block(t,tstart,maxrows):
    tm=t['TIME']
    if tm[0]>tstart: raise RuntimeError('first block later')
    blocks=[]; i=0
    while i<len(tm):
        j=i
        while j<len(tm) and tm[j]==tm[i]: j+=1
        blocks.append((i,j)); i=j
    pick=None
    for b in blocks:
        if tm[b[0]]<tstart: pick=b
    if pick is None: pick=blocks[0]
    return pick
class Tab: pass
def load(hk, files, hd, p):
    """files: dict name-> (header,data)"""
    T=Tab(); ts=hd['TSTART']
    h,d=files['vt']; a,b=block(d,ts,96); T.vth=h; T.vt={}
    for i in range(a,b):
        k=tuple(int(d[c][i]) for c in('CCD_ID','SEGMENT','READNODE','ADCAVE','EVEN_ODD'))
        T.vt.setdefault(k,tuple(float(d[c][i]) for c in('VT_GAIN_NORM','VT_GAIN_INDEX','VT_GAIN_OFFSET','GAIN_OFFSET','GAIN_LINR','GAIN_QUAD')))
    def seg(name,cols):
        h,d=files[name]; a,b=block(d,ts,16); r={}
        for i in range(a,b):
            k=tuple(int(d[c][i]) for c in('CCD_ID','SEGMENT','READNODE'))
            r.setdefault(k,{c:(np.array(d[c][i],dtype=float).tolist()) for c in cols})
        return h,r
    T.trh,T.tr=seg('trail',['NORM_H','NORM_V','INDEX_H','INDEX_V','OFFSET_H','OFFSET_V','PH_CUT','ESLOPE','EOFFSET'])
    T.cth,T.ct=seg('cti',[c for c in files['cti'][1].names if c not in('TIME','CCD_ID','SEGMENT','READNODE')])
    _,T.sp=seg('spth',['SPTH_OFFSET','SPTH_LINR'])
    _,T.ga=seg('gain',[c for c in files['gain'][1].names if c not in('TIME','CCD_ID','SEGMENT','READNODE')])
    d=files['anom'][1]; T.an={}
    for i in range(len(d)): T.an[(int(d['CCD_ID'][i]),int(d['ACTX'][i]))]=(int(d['ANOMALY_MIN'][i]),int(d['ANOMALY_MAX'][i]))
    d=files['pattern'][1]; T.pat={}
    for i in range(len(d)): T.pat.setdefault(tuple(int(x) for x in d['PATTERN'][i]),int(d['GRADE'][i]))
    T.hk=hk
    return T
DX=[0,-1,0,1,-1,1,-1,0,1]; DY=[0,-1,-1,-1,0,0,1,1,1]
def run(ev, hd, T, p, rnd=None):
    """ev: dict of arrays; p: params; returns list of dict"""
    v={k:ivec(hd[k]) for k in('HUCLEGTH','VUCHEGHT','IMGHEGHT','ACTVNODE')}
    et=ivec(hd['EVENTTHR']) if p.get('evtthre','DEFAULT')=='DEFAULT' else [int(p['evtthre'])]*8
    cis,cip,cio,cif=hd['CISTATUS'],hd['CIPERIOD'],hd['CIOFFSET'],hd['CIFIRST']
    yes=lambda n,d='yes': p.get(n,d)=='yes'
    out=[]; ptr=1; dt=p.get('deltatime',8)
    n=len(ev['TIME']); k=0
    for r in range(n):
        S=set(); o=dict(PHA=4096,PI=4096,GRADE=-1,EVO=[NAN]*9,TRL=[NAN]*9,CTI=[NAN]*9,PHA_SPTH=4096,GRADE_SPTH=-1,S=S); out.append(o)
        raw=[int(x) for x in ev['PHAS'][r]]
        w=[float(x) for x in raw]
        if rnd is not None:
            for i in range(9): w[i]=raw[i]+rnd()
        t=float(ev['TIME'][r]); ccd=int(ev['CCD_ID'][r]); sg=int(ev['SEGMENT'][r]); nd=int(ev['READNODE'][r])
        rx=int(ev['RAWX'][r]); ax=int(ev['ACTX'][r]); ay=int(ev['ACTY'][r]); adc=int(ev['ADCAVE'][r])
        if ev['PROC'][r][1] or ev['PROC'][r][16]: continue
        if math.isnan(t): S.add(26); continue
        if raw[0]<et[2*ccd+sg]: S.add(25); continue
        L=ev['LIM']
        bad=False
        for c,x in(('CCD_ID',ccd),('SEGMENT',sg),('READNODE',nd),('RAWX',rx),('ACTY',ay)):
            nul,lo,hi=L[c]
            if x<lo or x>hi or x==nul: bad=True
        if adc==L['ADCAVE'][0] or any(x==L['PHAS'][0] for x in raw): bad=True
        if bad: S.add(29); continue
        if any(x<p.get('negthre',-5000) for x in raw): continue
        bound=ax in(320,321)
        s2=1 if ax==320 else 0
        n2=v['ACTVNODE'][2*ccd+s2]
        if bound: other=((3,5,8) if nd==0 else (1,4,6))
        else: other=()
        q=list(w)
        if yes('evnoddcor'):
            k=2*ccd+sg
            # temperature
            hk=T.hk; s=-1; vt=0.
            if hk is not None:
                ht=hk['TIME']; vv=hk[ccd]; good=[i for i in range(len(ht)) if not math.isnan(ht[i])]
                if t<ht[good[0]] or t>ht[good[-1]]: s=-1
                else:
                    h=ptr; m=None
                    for i in range(h,len(ht)):
                        if math.isnan(ht[i]): continue
                        if ht[i]>t: m=i; break
                    if m is None: s=-1
                    else:
                        pr=m-1
                        while math.isnan(ht[pr]): pr-=1
                        ptr=m
                        gap=ht[m]-ht[pr]
                        assert gap>0
                        if gap<=dt:
                            vt=((ht[m]-t)/gap)*vv[pr]+((t-ht[pr])/gap)*vv[m]
                            s=1 if vt<T.vth['VT_MIN'] or vt>T.vth['VT_MAX'] else 0
                        else: s=-1
            def row(key): return T.vt.get(key,(0.,)*6)
            ctr=row((ccd,sg,nd,adc,rx%2)); side=row((ccd,sg,nd,adc,(rx+1)%2)); oth=row((ccd,s2,n2,adc,n2))
            def g(c):
                N,I,O=c[:3]; ref=T.vth['VT_REF']; ph=T.vth['PH_REF']
                return (1+N*powr(vt-O,I)/ph)-N*powr(ref-O,I)/ph
            gc=gs=1.; go=0.
            if s==0:
                gc=g(ctr); gs=g(side); go=g(oth)
                if gc<0 or gc>1: gc=1.
                if gs<0 or gs>1: gs=1.
            elif s==1: S.add(26)
            else: S.add(27)
            for i in range(9):
                if i in other: c,gg=oth,go
                elif i in(0,2,7): c,gg=ctr,gc
                else: c,gg=side,gs
                if q[i]>0:
                    x=q[i]/gg if gg!=0 else float('inf')
                    q[i]=c[3]+c[4]*x+c[5]*x*x
                    if math.isinf(x): q[i]=(c[3]+c[4]*x)+c[5]*x*x if True else 0
        o['EVO']=list(q)
        if yes('chtrailcor'):
            skip=cis==1 and ay>=cif+cio and (ay-cif-cio)%cip==0
            if not skip:
                z=T.tr.get((ccd,sg,nd),dict.fromkeys(['NORM_H','NORM_V','INDEX_H','INDEX_V','OFFSET_H','OFFSET_V','PH_CUT','ESLOPE','EOFFSET'],0.))
                hu=v['HUCLEGTH'][k]; im=v['IMGHEGHT'][k]; PHR=T.trh['PH_REF']
                rH=lambda x:z['NORM_H']*powr((x if x>=z['PH_CUT'] else z['PH_CUT'])/PHR,z['INDEX_H'])
                rV=lambda x:z['NORM_V']*powr((x if x>=z['PH_CUT'] else z['PH_CUT'])/PHR,z['INDEX_V'])
                e0=q[0]
                tH=0. if bound and nd==1 else q[4]*(rH(q[4])*(rx+hu+z['OFFSET_H']))
                tV=q[2]*(rV(q[2])*(ay-1+im+z['OFFSET_V']))
                if tH<0: tH=0.; S.add(28)
                if tV<0: tV=0.; S.add(28)
                q[4]+=tH; q[2]+=tV
                if q[0]>0: q[0]=q[0]-tH-tV
                if q[0]>0: fH=rH(q[0])*(rx+1+hu+z['OFFSET_H']); fV=rV(q[0])*(ay+im+z['OFFSET_V'])
                else: fH=fV=0.
                tH=q[0]*fH; tV=q[0]*fV
                if tH<0: tH=0.; S.add(28)
                if tV<0: tV=0.; S.add(28)
                if q[0]>0: q[0]=q[0]+tH+tV
                if bound and nd==0: tH=0.
                elif e0>0: q[5]+=z['ESLOPE']*e0+z['EOFFSET']
                q[5]-=tH; q[7]-=tV
        o['TRL']=list(q)
        err=False
        if yes('cticor'):
            own=T.ct.get((ccd,sg,nd)); far=T.ct.get((ccd,s2,n2)) if bound else None
            G=1.; goff=0.
            if yes('ctigrade'):
                gr=int(ev['GRADE'][r]); P=float(ev['PHA'][r])
                j=0 if gr<=1 else 1 if gr==2 else 2 if gr<=5 else 3
                G=own['GFACTOR'][j]
                if P<=own['GOFFSET_EBL']: goff=own['GOFFSET_AL0'][j]+own['GOFFSET_AL1'][j]*P+own['GOFFSET_AL2'][j]*P*P+own['GOFFSET_AL3'][j]*P*P*P
                elif P<=own['GOFFSET_EBH']: goff=own['GOFFSET_AM0'][j]+own['GOFFSET_AM1'][j]*P+own['GOFFSET_AM2'][j]*P*P+own['GOFFSET_AM3'][j]*P*P*P
                else: goff=own['GOFFSET_AH0'][j]
            cut=own['PH_CUT'] if p.get('phcut','CALDB')=='CALDB' else float(p['phcut'])
            sign=1 if nd==sg else -1
            first=q[0]>0
            for i in range(9):
                if not q[i]>0: continue
                y=ay+DY[i]; x=ax+sign*DX[i]; c=rx+DX[i]
                if cis==0: dY=0
                elif cis==1: dY=y-cif if y<cio else (y-cio)%cip
                else: err=True; break
                if x<1 or x>640: continue
                if (ax==320 and x==321) or (ax==321 and x==320):
                    src=far; el=0 if (x==321 and s2==n2) or (x==320 and s2!=n2) else 319
                else:
                    src=own; el=c
                    if c<0 or c>319: raise RuntimeError('abort')
                m,M=T.an.get((ccd,x),(0,0))
                PHR=T.cth['PH_REF']; ph=q[i] if q[i]>=cut else cut
                c0={};c1={}
                for t_ in 'FSA':
                    c0[t_]=G*src['PARA_%s_NORM'%t_][el]*powr(ph/PHR,src['PARA_%s_INDEX'%t_][el])
                    c1[t_]=c0[t_]*(1-src['PARA_%s_PROB'%t_][el]*expf(-dY/src['PARA_%s_SCALE'%t_][el]))
                if (m,M)==(0,0): Y1,Y2,Y3=dY,0,0
                elif cis==1:
                    D=int(math.fmod(M-cio,cip)); size=M-m
                    if D>=size:
                        pre=M-D; post=pre+cip
                        if y<=m: Y1,Y2,Y3=dY,0,0
                        elif y<=M: Y1,Y2,Y3=m-pre,0,y-m
                        elif y<=post: Y1,Y2,Y3=(y-M)+(m-pre),0,M-m
                        else: Y1,Y2,Y3=dY,M-m,0
                    else:
                        nn=1
                        while not size<D+nn*cip: nn+=1
                        f_=M-D-(nn-1)*cip; la=M-D; pre=f_-cip; post=la+cip
                        if y<=m: Y1,Y2,Y3=dY,0,0
                        elif y<=f_: Y1,Y2,Y3=m-pre,0,y-m
                        elif y<=M: Y1,Y2,Y3=0,y-dY-m,dY
                        elif y<=post: Y1,Y2,Y3=y-M,la-m,M-la
                        else: Y1,Y2,Y3=dY,M-m,0
                else:
                    if y<=m: Y1,Y2,Y3=dY,0,0
                    elif y<=M: Y1,Y2,Y3=m,0,y-m
                    else: Y1,Y2,Y3=(y-M)+m,0,M-m
                Y0=v['IMGHEGHT'][k]+hd['WIN_ST']-(Y1+Y2+Y3); Y4=y+v['VUCHEGHT'][k]-1
                f=powr(1-c1['F'],Y0)*powr(1-c0['F'],Y1)*powr(1-c1['A'],Y2)*powr(1-c0['A'],Y3)*powr(1-c1['S'],Y4)
                q[i]=q[i]/f if f!=0 else float('inf')
                if i==0: q[i]+=goff
            if err:
                S.add(29); continue
        o['CTI']=list(q)
        u=list(q); mask=[int(x) for x in ev['MASK'][r]]
        bo=p.get('badpixopt',2); kill=False
        if bo==2:
            for i in range(9):
                if mask[i]==1: u[i]=-32768.
        elif bo==3 and any(x==1 for x in mask): kill=True
        if kill or u[0]<0 or any(math.isnan(x) for x in u): S.add(29); continue
        if yes('spthcaldb'):
            z=T.sp.get((ccd,sg,nd)); so,sl=(z['SPTH_OFFSET'],z['SPTH_LINR']) if z else (0.,0.)
        else: so,sl=float(int(p.get('spthoffset',15.))),float(int(p.get('spthslope',0.)))
        om=int(ev['OUTER'][r])
        pha,gr=grade(u,so,T.pat,om); o['PHA_SPTH']=int(pha); o['GRADE_SPTH']=gr
        if yes('spthiter'): pha,gr=grade(u,sl*pha+so,T.pat,om)
        if yes('gaincor'):
            z=T.ga.get((ccd,sg,nd))
            if z is None: pi=0
            else:
                b='LOW' if pha<=z['BOUND_LM'] else 'MED' if pha<=z['BOUND_MH'] else 'HI'
                x=z['OFFSET_'+b]+z['LINR_'+b]*pha+z['QUAD_'+b]*pha*pha
                pi=int(x) if abs(x)<2147483648 else -1
                pi=max(0,min(4095,pi))
        else: pi=int(pha)
        o['PHA']=int(pha); o['PI']=pi; o['GRADE']=gr
        o['near']=min(abs(pha-round(pha)),1)
    return out
OUT={1:(10,14),2:(11,),3:(12,15),4:(16,),5:(17,),6:(18,21),7:(22,),8:(19,23)}
CORN={(2,4):1,(2,5):3,(4,7):6,(5,7):8}
def grade(u,thr,pat,om):
    b=[1 if x>=thr else 2 for x in u]
    g=pat.get(tuple(b),0); h=[x==1 for x in b]
    cn={1:(2,4),3:(2,5),6:(4,7),8:(5,7)}
    def outer():
        for kk in range(1,9):
            if not h[kk]: continue
            if kk in cn and not(h[cn[kk][0]] and h[cn[kk][1]]): continue
            for z in OUT[kk]:
                if om>>(z-9)&1: return True
        return False
    fin=g; fixed=False
    if g==6:
        for c,(a,e) in cn.items():
            if h[c] and h[a] and h[e] and u[c]>u[a] and u[c]>u[e]: fin=11; fixed=True
    if g in(0,1): pha=u[0]
    elif g in(2,3,4,5,6,8):
        if not fixed and outer(): fin=10
        if h[2] and h[4]: pha=u[0]+u[2]+u[4]+u[1]
        elif h[2] and h[5]: pha=u[0]+u[2]+u[5]+u[3]
        elif h[4] and h[7]: pha=u[0]+u[4]+u[7]+u[6]
        elif h[5] and h[7]: pha=u[0]+u[5]+u[7]+u[8]
        elif h[2]: pha=u[0]+u[2]
        elif h[4]: pha=u[0]+u[4]
        elif h[5]: pha=u[0]+u[5]
        else: pha=u[0]+u[7]
    else:
        fin=7 if outer() else 9
        pha=u[0]
        for kk in range(1,9):
            if u[kk]>=thr: pha+=u[kk]
    if fin==8: fin=6
    pha=max(0.,min(4095.,pha)) if pha==pha else pha
    return pha,fin
