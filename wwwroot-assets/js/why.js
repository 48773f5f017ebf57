// "Why this number": [data-why="/ui/why/…"] opens the fragment at that address in a popover, on hover after a moment,
// on click and on Enter. data-why="#id" takes the content of an element of the page instead; data-why="?of=…" is relative to
// the nearest [data-why-base], so that a row of many figures names its objective once.
import { element, lifetime } from "./dom.js";

const hoverMs = 350;
const freshMs = 10000;
const cache = new Map();
let life;
let box;
let anchor;
let timer;
let request;

function popover() {
  if (!box?.isConnected) {
    box = element("div", { id: "why", class: "popover", popover: "manual", role: "dialog", "aria-label": "Why this number", tabindex: "-1" });
    document.body.append(box);
  }
  return box;
}

function place() {
  const to = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const gap = 6;
  const edge = 8;
  const below = to.bottom + gap + size.height <= innerHeight - edge || to.top < size.height + gap + edge;
  const top = below ? to.bottom + gap : to.top - gap - size.height;
  box.style.top = `${Math.max(edge, Math.min(top, innerHeight - size.height - edge))}px`;
  box.style.left = `${Math.max(edge, Math.min(to.left, innerWidth - size.width - edge))}px`;
  box.style.right = "auto";
  box.style.bottom = "auto";
}

function addressOf(target) {
  const why = target.dataset.why;
  return why.startsWith("?") ? (target.closest("[data-why-base]")?.dataset.whyBase ?? "") + why : why;
}

async function content(address) {
  if (address.startsWith("#")) {
    const source = document.getElementById(address.slice(1));
    return source ? source.innerHTML : "<p>This figure has no explanation yet.</p>";
  }
  const known = cache.get(address);
  if (known && performance.now() - known.at < freshMs) {
    return known.html;
  }
  request?.abort();
  request = new AbortController();
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: request.signal });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const html = await answer.text();
  if (cache.size > 50) {
    cache.clear();
  }
  cache.set(address, { html, at: performance.now() });
  return html;
}

async function show(target, focus) {
  hide();
  anchor = target;
  const shown = popover();
  shown.innerHTML = '<p class="muted" role="status">Loading the reasons…</p>';
  shown.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  anchor.setAttribute("aria-controls", "why");
  place();
  if (focus) {
    shown.focus({ preventScroll: true });
  }
  try {
    const html = await content(addressOf(target));
    if (anchor === target) {
      shown.innerHTML = html;
      place();
    }
  } catch (fault) {
    if (fault.name !== "AbortError" && anchor === target) {
      shown.innerHTML = '<p class="fault-title">The reasons could not be loaded.</p><p class="muted">The figure itself stands; try again in a moment.</p>';
    }
  }
}

export function hide() {
  clearTimeout(timer);
  if (!anchor) {
    return;
  }
  const had = box?.contains(document.activeElement);
  anchor.setAttribute("aria-expanded", "false");
  if (had && anchor.isConnected) {
    anchor.focus({ preventScroll: true });
  }
  anchor = undefined;
  if (box?.matches(":popover-open")) {
    box.hidePopover();
  }
}

function pointed(event) {
  if (event.pointerType !== "mouse") {
    return;
  }
  const target = event.target.closest?.("[data-why]");
  clearTimeout(timer);
  if (target && target !== anchor) {
    timer = setTimeout(() => target.isConnected && show(target, false), hoverMs);
  } else if (!target && anchor && !box?.contains(event.target) && !box?.contains(document.activeElement)) {
    timer = setTimeout(hide, hoverMs);
  }
}

function clicked(event) {
  const target = event.target.closest?.("[data-why]");
  if (target) {
    event.preventDefault();
    if (target === anchor && box?.contains(document.activeElement)) {
      hide();
    } else {
      show(target, true);
    }
  } else if (anchor && !box?.contains(event.target)) {
    hide();
  }
}

export function init() {
  dispose();
  life = lifetime();
  life.on(document, "pointerover", pointed);
  life.on(document, "click", clicked);
  life.on(document, "keydown", (event) => {
    if (event.key === "Escape" && anchor) {
      hide();
      event.preventDefault();
      event.stopPropagation();
    }
  }, { capture: true });
  life.on(document, "focusin", (event) => {
    if (anchor && event.target !== anchor && !box?.contains(event.target) && event.target !== document.body) {
      hide();
    }
  });
  life.on(window, "scroll", () => anchor && (anchor.isConnected ? place() : hide()), { passive: true, capture: true });
  life.on(window, "resize", hide);
}

export function dispose() {
  hide();
  life?.end();
  life = undefined;
  box?.remove();
  box = undefined;
  cache.clear();
}
