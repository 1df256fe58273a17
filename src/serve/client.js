// Reloads the page of the preview when what it shows has changed, and shows the
// mistakes that stop the next site over the last good one.
(() => {
  const own = document.currentScript.dataset;
  const place = "barometer-preview:" + location.pathname;
  const kept = JSON.parse(sessionStorage.getItem(place) || "null");
  sessionStorage.removeItem(place);
  if (kept) {
    // What was open stays open, and the reader where they were.
    for (const [at, details] of document.querySelectorAll("details").entries()) {
      if (kept.open.includes(at)) details.open = true;
    }
    addEventListener("load", () => scrollTo({ top: kept.top, behavior: "instant" }));
  }

  const reload = () => {
    const all = [...document.querySelectorAll("details")];
    const open = all.flatMap((details, at) => (details.open ? [at] : []));
    sessionStorage.setItem(place, JSON.stringify({ top: scrollY, open }));
    location.reload();
  };

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 0; max-height: 85vh; z-index: 2147483647; overflow: auto;
      background: #fffaf3; color: #1b1e24; border-top: 4px solid #b3261e; font: 15px/1.5 system-ui, sans-serif; }
    header { display: flex; gap: 1em; justify-content: space-between; align-items: baseline; padding: .6em 1.2em 0; }
    h2 { font-size: 1.1em; margin: 0; }
    button { font: inherit; padding: .2em .8em; }
    pre { margin: 1em 1.2em; font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; }
    @media (prefers-color-scheme: dark) { :host { background: #241c1b; color: #eceae4; } }
    @media print { :host { display: none; } }`);

  let overlay;
  const close = () => { overlay?.remove(); overlay = undefined; };
  const show = (mistakes) => {
    close();
    overlay = document.createElement("barometer-mistakes");
    const root = overlay.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    const add = (parent, name, text) => {
      const element = document.createElement(name);
      element.textContent = text;
      return parent.appendChild(element);
    };
    const alert = add(root, "section", "");
    alert.setAttribute("role", "alert");
    const head = add(alert, "header", "");
    const count = mistakes.length === 1 ? "One mistake" : `${mistakes.length} mistakes`;
    add(head, "h2", `${count}; behind this is the last site without one`);
    add(head, "button", "Hide (Esc)").addEventListener("click", close);
    for (const mistake of mistakes) add(alert, "pre", mistake);
    document.body.append(overlay);
  };
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  const events = new EventSource("/-/events?" + encodeURIComponent(own.page));
  events.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    if (news.mistakes.length > 0) show(news.mistakes);
    else if (news.state !== own.state) reload();
    else close();
  });
  // A page that the browser keeps for "back" must not keep its connection.
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
