// How the inspector looks: in a sheet of its own, since no page's policy has to allow one, for its shadow root alone.

/** What the page says of all elements, as `* { … }`, must not reach its host: hence each `!important`. */
export const inspectorSheet = `
:host { all: initial !important; display: block !important; position: fixed !important; inset: 0 !important;
  width: auto !important; height: auto !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  overflow: visible !important; background: none !important; pointer-events: none !important;
  z-index: 2147483647 !important; color-scheme: light dark !important;
  --text: light-dark(#16181d, #eef0f4); --soft: light-dark(#565d6b, #a9b0be); --ground: light-dark(#fff, #1c1f26);
  --line: light-dark(#c9ced8, #454b58); --mark: light-dark(#1a56db, #8ab4ff); }
.box { position: fixed; box-sizing: border-box; border: 2px solid var(--mark); border-radius: 2px;
  background: color-mix(in srgb, var(--mark) 12%, transparent); }
.panel { position: fixed; box-sizing: border-box; width: min(27rem, calc(100vw - 16px)); max-height: calc(100vh - 16px);
  overflow: auto; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground);
  color: var(--text); font: 13px/1.45 system-ui, sans-serif; box-shadow: 0 4px 18px rgb(0 0 0 / 25%); }
.fixed { pointer-events: auto; border-color: var(--mark); }
h2 { margin: 0 0 6px; font-size: 15px; line-height: 1.3; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 10px; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.foot { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin-top: 8px; color: var(--soft); }
.keys { flex: 1 1 100%; font-size: 12px; }
output { color: var(--text); overflow-wrap: anywhere; }
button { padding: 3px 9px; border: 1px solid var(--line); border-radius: 5px; background: none; color: inherit;
  font: inherit; cursor: pointer; }
button:focus-visible, .panel:focus-visible { outline: 2px solid var(--mark); outline-offset: 1px; }
@media (forced-colors: active) { .box { border-color: Highlight; } }
`
