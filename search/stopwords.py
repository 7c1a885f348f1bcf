"""Words too common to search for, in bokmål, nynorsk and English.

They are left out of queries only, never out of the index, so phrases with them work.
English words that are Norwegian nouns (by, is) are not listed.
"""

from __future__ import annotations

BOKMAL = """
    alle andre at av begge ble blei bli blir blitt både da de deg dem den denne der dere deres det dette din disse ditt
    dine du eller en enn er et ett etter for fordi fra før gjennom ha hadde han hans har hennes her hos hun hva hvem
    hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke inn ja jeg kan kom kunne man mange med meg mellom men
    mens mer min mine mitt mot mye må måtte ned noe noen nå når og også om opp oss over på samme seg selv si sin sine
    sitt skal skulle slik som så til under ut uten var ved vi vil ville vår våre være vært å
"""
NYNORSK = """
    alle andre at av begge blei bli blir blitt vart verte vert verta både da dei deg den denne der det dette di dine
    ditt du dykk dykkar då eg ein eit eitt eller enn er ei etter for fordi frå før gjennom ha hadde han har hennar
    her ho hos hjå i ikkje inn ja kan kva kvar kven kvifor korleis kva kor kunne me med meg mellom men mens medan meir
    min mine mitt mot mykje må måtte ned no noko nokon nokre når og også om opp oss over på same seg sjølv si sin sine
    sitt skal skulle slik som so så til under ut utan var ved vi vil ville vår våre vere vore å
"""
ENGLISH = """
    a about after all also and any are as at be been before being between but can could did do does for from had has
    have he her here him his how i if in into it its of on or our she should so some such than that the their them
    then there these they this those through to under until was we were what when where which while who why will with
    would you your
"""
STOP_WORDS = frozenset((BOKMAL + NYNORSK + ENGLISH).split())
