// What a viewer chose on this device: in localStorage for scripts, in a cookie for the server's first answer.

const year = 365 * 24 * 60 * 60;

export function remember(name, value) {
  try {
    localStorage.setItem(`ops.${name}`, value);
  } catch {
    // Storage may be refused (private windows); the choice then lasts for this page.
  }
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `ops-${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
}

/** Goes to a page of this site: inside the circuit when there is one. */
export function go(href) {
  if (window.Blazor?.navigateTo && new URL(href, document.baseURI).origin === location.origin && !href.startsWith("/wall")) {
    window.Blazor.navigateTo(href);
  } else {
    location.assign(href);
  }
}
