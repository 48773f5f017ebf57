// A value that changed flashes once for 600 ms: [data-flash="key"], the key unique in its [data-key], else on the page. Cells come as whole new
// markup, so the text before is remembered by key, not by element. Also keeps the focus when the focused row is moved or its cells are replaced.
import { lifetime, watch } from "./dom.js";

const lasts = 600;
const texts = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)");
let life;
let kept;

function compare(target) {
  const row = target.closest("[data-key]")?.dataset.key;
  const key = row ? `${row} ${target.dataset.flash}` : target.dataset.flash;
  const text = target.textContent.trim();
  const before = texts.get(key);
  texts.set(key, text);
  if (before === undefined || before === text || still.matches || document.hidden) {
    return;
  }
  target.animate(
    [{ backgroundColor: "var(--flash)" }, { backgroundColor: "var(--flash)", offset: 0.5 }, { backgroundColor: "transparent" }],
    { duration: lasts, easing: "ease-out" },
  );
}

const focusable = "a[href], button, input, select, textarea, [tabindex]";

function keep(event) {
  const row = event.target.closest?.("[data-key]");
  kept = row
    ? { node: event.target, key: row.dataset.key, index: [...row.querySelectorAll(focusable)].indexOf(event.target) }
    : undefined;
}

function restore() {
  if (!kept || (document.activeElement && document.activeElement !== document.body)) {
    return;
  }
  if (kept.node.isConnected) {
    kept.node.focus({ preventScroll: true });
    return;
  }
  const row = document.querySelector(`[data-key="${CSS.escape(kept.key)}"]`);
  (row?.querySelectorAll(focusable)[kept.index] ?? row?.querySelector(focusable))?.focus({ preventScroll: true });
}

export function init() {
  dispose();
  life = lifetime();
  life.add(watch("[data-flash]", compare));
  life.add(watch("[data-key], [data-key] > *", restore));
  const observer = new MutationObserver((records) => {
    const targets = new Set(records.map(({ target }) => target.parentElement?.closest("[data-flash]")).filter(Boolean));
    targets.forEach(compare);
  });
  observer.observe(document.body, { subtree: true, characterData: true });
  life.add(() => observer.disconnect());
  life.on(document, "focusin", keep);
  // A click elsewhere or Tab ends the claim to the old place.
  life.on(document, "pointerdown", () => (kept = undefined));
}

export function dispose() {
  life?.end();
  life = undefined;
  kept = undefined;
  texts.clear();
}
