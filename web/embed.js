// The loader: one line on a council's page puts the chat there.
//
//   <script async src="https://assistant.example.gov.uk/embed.js" data-lang="en"></script>
//
// It adds a launcher and, once that is used, a frame from the assistant's own origin; the page's
// policy needs script-src and frame-src for that origin and nothing else. It stores nothing and reads
// nothing of the page but its address and title. Options, all as data- attributes:
//   data-site    a site of cece.toml; without it the one of [site]
//   data-lang    en or cy; without it the page's own language
//   data-label   the words on the launcher
//   data-accent  the launcher's colour, #rrggbb
//   data-side    left or right
//   data-open    true opens the chat with the page
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || document.querySelector("cece-chat")) return;
  const origin = new URL(script.src).origin;
  const option = script.dataset;
  const welsh = /^cy\b/i.test(option.lang || document.documentElement.lang);
  const words = welsh
    ? {
        launch: "Sgwrsio â ni", opening: "Yn agor…", news: "neges newydd", frame: "Sgwrs â chynorthwyydd awtomatig y cyngor",
        failed: "Ni ellir cyrraedd y sgwrs ar hyn o bryd. Rhowch gynnig arall arni’n nes ymlaen.",
      }
    : {
        launch: "Chat with us", opening: "Opening…", news: "new message", frame: "Chat with the council’s automated assistant",
        failed: "The chat cannot be reached just now. Please try again later.",
      };
  const label = option.label || words.launch;
  const query = new URLSearchParams({ lang: welsh ? "cy" : "en" });
  if (option.site) query.set("site", option.site);
  const accent = /^#[0-9a-f]{6}$/i.test(option.accent) ? option.accent : "#1d4f7c";
  const side = option.side === "left" ? "left" : "right";
  // Where the chat takes the whole window.
  const small = "(max-width: 30rem), (max-height: 30rem)";
  // A chat that has said nothing so long after it was loaded is not going to.
  const SILENT_MS = 3_000;

  // White or black on the accent, whichever can be read better (WCAG 2.2, 1.4.3).
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(accent.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const ink = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#0b0c0c" : "#ffffff";

  // A sheet that is built, and not a style element: it needs no style-src.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    [hidden] { display: none !important; }
    button, p { position: fixed; z-index: 2147483646; bottom: 1rem; ${side}: 1rem; box-sizing: border-box; max-width: calc(100vw - 2rem);
      font: 600 1.0625rem/1.3 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; box-shadow: 0 2px 10px rgba(0, 0, 0, .3); }
    button { display: flex; align-items: center; gap: .5rem; min-height: 3.25rem; padding: .5rem 1.25rem .5rem 1rem;
      border: 2px solid ${ink}; border-radius: 1.625rem; background: ${accent}; color: ${ink}; cursor: pointer; }
    button:hover { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; }
    button:focus-visible { outline: 4px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 9px #ffdd00; }
    p { bottom: 5rem; width: 20rem; margin: 0; padding: .75rem 1rem; border: 1px solid #6f777b; border-radius: .5rem; background: #fff; color: #0b0c0c; font-weight: 400; }
    p:empty { display: none; }
    i { flex: none; width: .75em; height: .75em; border-radius: 50%; background: ${ink}; }
    iframe { position: fixed; z-index: 2147483647; bottom: 1rem; ${side}: 1rem; width: 26rem; max-width: calc(100vw - 2rem);
      height: min(54rem, calc(100vh - 2rem)); height: min(54rem, calc(100dvh - 2rem)); border: 1px solid #6f777b; border-radius: .75rem;
      background: #fff; color-scheme: light dark; box-shadow: 0 4px 24px rgba(0, 0, 0, .3); }
    iframe.coming { visibility: hidden; }
    @media ${small} { iframe { inset: 0; width: 100%; max-width: none; height: 100%; border: 0; border-radius: 0; } }
    @media (forced-colors: active) { i { background: ButtonText; forced-color-adjust: none; } }
    @media print { :host { display: none; } }
  `);

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const icon = new DOMParser().parseFromString(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path fill="currentColor" d="M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-9l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/></svg>',
    "image/svg+xml",
  ).documentElement;
  const host = make("cece-chat", {});
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const text = make("span", {}, label);
  const dot = make("i", { role: "img", "aria-label": words.news, hidden: "" });
  // It is out of sight while the chat is open, so that nothing lies under the chat and takes the focus.
  const button = make("button", { type: "button", "aria-expanded": "false" }, document.importNode(icon, true), text, dot);
  const fault = make("p", { role: "status" });
  root.append(button, fault);

  let frame = null; // the chat, once it was asked for
  let peek = null; // asks whether a conversation is open, on a page that is come to
  let byPerson = false; // who opened it, and so wants the focus there
  let covered = []; // what of the page cannot be reached while the chat covers it
  const isOpen = () => frame && !frame.hidden && !frame.className;
  const whole = matchMedia(small);

  // The address without its query and fragment, which may hold what somebody wrote into a form.
  const say = (what) => frame.contentWindow?.postMessage({ cece: what, url: location.origin + location.pathname, title: document.title }, origin);

  const framed = (path, attributes) => make("iframe", { src: `${origin}${path}?${query}`, ...attributes });

  // Nothing that has the focus may be covered whole (WCAG 2.2, 2.4.11).
  const cover = () => {
    for (const element of covered.splice(0)) element.inert = false;
    if (!isOpen() || !whole.matches) return;
    covered = [...document.body.children].filter((element) => element !== host && !element.inert);
    for (const element of covered) element.inert = true;
  };

  const dropPeek = () => {
    peek?.remove();
    peek = null;
  };

  const show = () => {
    frame.hidden = false;
    frame.className = "";
    button.hidden = true;
    dot.hidden = true;
    text.textContent = label;
    cover();
    say(byPerson ? "open" : "page");
    if (byPerson) frame.focus();
  };

  const open = (person) => {
    dropPeek();
    byPerson = person;
    fault.textContent = "";
    if (frame) return frame.className || show();
    text.textContent = words.opening;
    frame = framed("/chat", { title: words.frame, allow: "clipboard-write", class: "coming" });
    const mine = frame;
    frame.addEventListener("load", () => setTimeout(() => {
      if (frame !== mine || !frame.className) return;
      frame.remove();
      frame = null;
      text.textContent = label;
      fault.textContent = words.failed;
    }, SILENT_MS));
    return root.append(frame);
  };

  const close = () => {
    frame.hidden = true;
    button.hidden = false;
    cover();
  };

  button.addEventListener("click", () => open(true));

  // The chat may lie over what has the focus; Escape takes it away, and the focus stays.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !isOpen()) return;
    say("close");
    close();
  });

  addEventListener("message", (event) => {
    if (event.origin !== origin || !event.data) return;
    const what = event.data.cece;
    if (peek && event.source === peek.contentWindow) {
      if (what === "peek" && event.data.open === true) open(false);
      else dropPeek();
    } else if (frame && event.source === frame.contentWindow) {
      if (what === "ready") show();
      if (what === "close") {
        close();
        button.focus();
      }
      if (what === "news" && frame.hidden) dot.hidden = false;
    }
  });

  whole.addEventListener("change", cover);

  const start = () => {
    document.body.append(host);
    if (option.open === "true") return open(false);
    // Only where the page has nothing better to do: a frame of a few hundred bytes.
    const idle = window.requestIdleCallback || setTimeout;
    return idle(() => {
      if (frame) return;
      peek = framed("/chat/peek", { hidden: "", tabindex: "-1", "aria-hidden": "true" });
      root.append(peek);
    });
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
