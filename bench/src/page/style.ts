/** For light and dark pages; nothing is loaded from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fbfaf8; --card: #ffffff; --text: #1d1b18; --muted: #7b756b; --line: #e4dfd6; --floor: #d9d3c7;
  --own: #c2410c; --own-again: #eda06f; --other-1: #2563a8; --other-2: #3f7d4e;
  --part-1: #2563a8; --part-2: #7c4fa3; --part-3: #c2410c; --part-4: #a39c8f;
  --better: #2f7d46; --worse: #b3261e; --goal: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #171614; --card: #201e1b; --text: #ece7de; --muted: #9c9488; --line: #37332d; --floor: #4a443b;
    --own: #f28b54; --own-again: #a65f38; --other-1: #74aef0; --other-2: #7fbf8e;
    --part-1: #74aef0; --part-2: #b892dc; --part-3: #f28b54; --part-4: #8b8478;
    --better: #7fc793; --worse: #f2847c; --goal: #e0b45a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 40px 20px 80px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 1.25rem; margin: 44px 0 12px; }
p { max-width: 44em; }
.facts { color: var(--muted); margin: 0 0 20px; }
.headlines { list-style: none; margin: 0 0 8px; padding: 0; display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); }
.headlines li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.headlines strong { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.headlines small { color: var(--muted); display: block; }
.warning { border-left: 4px solid var(--goal); background: var(--card); padding: 10px 14px; border-radius: 4px; }
figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 14px 0; padding: 14px 16px; overflow-x: auto; }
figcaption { font-weight: 600; margin-bottom: 6px; }
figure svg { max-width: 100%; height: auto; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 8px 0; padding: 0; list-style: none; font-size: .92rem; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; vertical-align: -.05em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; width: 100%; }
th, td { text-align: right; padding: 5px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
th:first-child, td:first-child { text-align: left; }
td.text, th.text { text-align: left; }
.better { color: var(--better); } .worse { color: var(--worse); } .muted { color: var(--muted); }
details { margin: 10px 0; } summary { cursor: pointer; }
`
