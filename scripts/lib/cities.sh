# Imports for the studies, to be sourced: which real files make which city. $data is the folder of the real files, $WIJKSIM_OUT that of the study.
# import_city FOLDER GEMEENTE CODE: a gemeente of 2024 out of StatLine tables, gemeente figures, wijk figures of 2022, scores and polygons.
import_city() {
    "$WIJKSIM_BIN/wijksim" import cbs $data/statline/Kerncijfers_wijken_en_buurten_2024_geslachten.csv \
        $data/statline/Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv $data/kwb_gemeente/kwb2024_clean.csv \
        $data/statline/Regionale_kerncijfers_Nederland_11122025_133649.csv $data/statline/Inkomen_van_huishoudens__regio_11122025_135329.csv \
        $data/tmap/NLD_dist_2022.csv --leefbaarometer $data/leefbaarometer/lbm3_buurtscore24.csv \
        --geometry $data/geo/"$3"_*_buurten_lbm2024.geojson --gemeente "$2" -o "$WIJKSIM_OUT/$1" >/dev/null 2>&1
}
import_utrecht() {
    "$WIJKSIM_BIN/wijksim" import cbs $data/kwb/CBS-Utrecht-kwb-2023.xlsx --geometry $data/geo/GM0344_utrecht_buurten_lbm2024.geojson \
        --leefbaarometer $data/leefbaarometer/lbm3_buurtscore24.csv -o "$WIJKSIM_OUT/$1" >/dev/null 2>&1
}
import_amsterdam() {
    "$WIJKSIM_BIN/wijksim" import cbs $data/kwb/Kerncijfers_wijken_en_buurten_2017.csv -o "$WIJKSIM_OUT/$1" >/dev/null 2>&1
}
