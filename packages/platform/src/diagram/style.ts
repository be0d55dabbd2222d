import { FONT } from './measure.ts'

/** Colours that people with any colour vision can tell apart; shapes, dashes and words say the same without them. */
const LIGHT = `--page:#ffffff;--edge:#d0d7de;--text:#1f2328;--soft:#57606a;--area:#f6f8fa;--ring:#eaf2fb;--box:#ffffff;--line:#6e7781;--job:#fff8e6;--job-line:#9a6700;--store:#e6f4f1;--store-line:#0b6e5f;--out:#f6f0fb;--out-line:#7a4fa3;--mutual:#0550ae;--server:#0b6e5f;--none:#6e7781`
const DARK = `--page:#0d1117;--edge:#30363d;--text:#e6edf3;--soft:#9ea7b3;--area:#161b22;--ring:#12233a;--box:#0d1117;--line:#8b949e;--job:#2b2210;--job-line:#d9a531;--store:#0e2a26;--store-line:#4cc2ac;--out:#241a31;--out-line:#c29bea;--mutual:#6cb0ff;--server:#4cc2ac;--none:#8b949e`

export const STYLE = `
svg.sundial{${LIGHT};max-width:100%;height:auto;font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;fill:var(--text)}
@media (prefers-color-scheme:dark){svg.sundial{${DARK}}}
@media print{svg.sundial{${LIGHT};max-height:100vh}}
.page{fill:var(--page);stroke:var(--edge)}
.title{font-size:${FONT.title}px;font-weight:700}
.subtitle,.note,.ring-note{font-size:${FONT.note}px;fill:var(--soft)}
.area{fill:var(--area);stroke:var(--edge)}
.area-title{font-size:${FONT.area}px;font-weight:700;fill:var(--soft)}
.area-title{stroke:var(--area);stroke-width:5px;paint-order:stroke}
.ring-note{stroke:var(--ring);stroke-width:5px;paint-order:stroke}
.ring{fill:var(--ring);stroke:var(--mutual);stroke-width:2}
.name,.copies{font-size:${FONT.name}px;font-weight:700}
.copies{text-anchor:end}
.entry{text-anchor:middle}
.entry,.key{font-size:${FONT.entry}px}
.outline{fill:var(--box);stroke:var(--line);stroke-width:1.3}
.strip{fill:none;stroke:var(--edge)}
.job .outline,.task .outline{fill:var(--job);stroke:var(--job-line)}
.store .outline{fill:var(--store);stroke:var(--store-line)}
.external .outline,.external-store .outline,.caller .outline{fill:var(--out);stroke:var(--out-line)}
.external .outline,.external-store .outline,.task .outline{stroke-dasharray:5 3}
.arrow path{fill:none;stroke-width:1.6}
.arrow.mutual path{stroke:var(--mutual);stroke-width:2.4}
.arrow.server path{stroke:var(--server)}
.arrow.none path{stroke:var(--none);stroke-dasharray:6 4}
.mutual circle,.head-mutual{fill:var(--mutual)}
.server circle,.head-server{fill:var(--server)}
.none circle,.head-none{fill:var(--none)}
`

/** Of one size for all strokes, so that a thick arrow has no huge head. */
export const ARROW_HEADS = ['mutual', 'server', 'none'].map(
  (protection) =>
    `<marker id="head-${protection}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="head-${protection}" d="M0 0.8L10 5L0 9.2z"/></marker>`,
)
