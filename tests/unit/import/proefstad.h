/* Proefstad: a made gemeente of two wijken and six buurten in the form of a CBS kwb csv. Leeg has nobody, Zuid is suppressed, Haven lacks its
 * origins (three ways to write "missing") and one share of tenure. */
#ifndef WKS_TESTS_IMPORT_PROEFSTAD_H
#define WKS_TESTS_IMPORT_PROEFSTAD_H

#define PROEFSTAD_HEADER                                                                                                                 \
    "gwb_code;regio;gm_naam;recs;a_inw;a_man;a_vrouw;a_00_14;a_15_24;a_25_44;a_45_64;a_65_oo;a_nl_all;a_eur_al;a_neu_al;a_hh;a_1p_hh;a_" \
    "hh_z_k;a_hh_m_k;g_hhgro;a_woning;g_wozbag;p_1gezw;p_leegsw;p_koopw;p_huurw;p_wcorpw;p_ov_hw;p_bjo2k;a_soz_wb;a_soz_ao;a_soz_ww;g_"  \
    "ink_pi;a_lan_ha;ste_oad\n"
#define PROEFSTAD_GEMEENTE                                                                                                                 \
    "GM9999;Proefstad;Proefstad;Gemeente;5213;2540;2673;803;612;1498;1297;1003;4039;484;690;2607;1301;602;704;2.1;2480;312;55;4;49;51;33;" \
    "18;21;120;210;50;.;260;1480\n"
#define PROEFSTAD_WIJKEN                                                                                                                   \
    "WK999901;Wijk "                                                                                                                       \
    "01;Proefstad;Wijk;3005;1465;1540;450;350;900;755;550;2350;255;400;1500;750;350;400;2.0;1440;320;60;4;52;48;30;18;15;60;120;30;.;140;" \
    "1600\n"                                                                                                                               \
    "WK999902;Wijk "                                                                                                                       \
    "02;Proefstad;Wijk;2210;1075;1135;355;260;600;540;455;1690;230;290;1105;550;250;305;2.2;1040;298;48;5;44;56;38;18;30;60;90;20;.;120;"  \
    "1300\n"
#define PROEFSTAD_BUURTEN                                                                                                                 \
    "BU99990101;Oost;Proefstad;Buurt;1000;480;520;150;100;300;250;200;800;100;100;500;250;120;130;2.0;480;300;60;4;50;50;30;20;10;30;50;" \
    "10;.;40;1500\n"                                                                                                                      \
    "BU99990102;West;Proefstad;Buurt;2005;985;1020;300;250;600;505;350;1550;155;300;1000;500;230;270;2.0;960;330;60;4;53;47;30;17;18;30;" \
    "70;20;.;60;1700\n"                                                                                                                   \
    "BU99990103;Leeg;Proefstad;Buurt;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;.;0;.;.;.;.;.;.;.;.;.;.;.;.;40;300\n"                                  \
    "BU99990201;Noord;Proefstad;Buurt;1500;730;770;250;160;400;370;320;1160;150;190;750;370;180;200;2.0;703;295;45;5;40;60;42;18;30;40;"  \
    "60;10;.;50;1400\n"                                                                                                                   \
    "BU99990202;Zuid;Proefstad;Buurt;205;.;.;.;.;.;.;.;.;.;.;100;.;.;.;2.1;98;.;.;.;.;.;.;.;.;.;.;.;.;20;1100\n"                          \
    "BU99990203;Haven;Proefstad;Buurt;500;245;255;80;65;140;120;95;      "                                                                \
    ".;-99997;NA;255;125;60;70;2.0;239;310;55;6;55;45;29;;31;20;30;10;.;50;1200\n"
#define PROEFSTAD PROEFSTAD_HEADER PROEFSTAD_GEMEENTE PROEFSTAD_WIJKEN PROEFSTAD_BUURTEN

/* Squares of 1 km side by side near Utrecht (degrees), one with a hole; Leeg has none. */
#define PROEFSTAD_SQUARE(code, west, east)                                                                                                \
    "{\"type\":\"Feature\",\"properties\":{\"naam\":\"x\",\"buurtcode\":\"" code                                                          \
    "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" west ",52.10],[" east ",52.10],[" east ",52.11],[" west ",52.11],[" west \
    ",52.10]]]}}"
#define PROEFSTAD_MAP                                                                                                                   \
    "{\"type\":\"FeatureCollection\",\"features\":[\n" PROEFSTAD_SQUARE("BU99990203", "5.14", "5.15") ",\n" PROEFSTAD_SQUARE(           \
        "BU99990101", "5.10", "5.11") ",\n" PROEFSTAD_SQUARE("BU99990102", "5.11", "5.12") ",\n" PROEFSTAD_SQUARE("BU99990201", "5.12", \
                                                                                                                  "5.13") "\n]}\n"

#define PROEFSTAD_SCORES                                  \
    "code,naam,won,fys,vrz,soc,onv,year\n"                \
    "BU99990101,Oost,-0.05,-0.01,0.10,-0.02,-0.10,2024\n" \
    "BU99990102,West,0.02,0.01,0.08,0.01,0.03,2024\n"     \
    "BU99990201,Noord,-0.03,0,0.05,-0.01,-0.04,2024\n"    \
    "BU00000000,elders,0,0,0,0,0,2024\n"

#endif
