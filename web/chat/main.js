// The chat page, in full or in a frame on a council's site: puts the parts together.
//
// A page that frames it is told to close and to come to the front, and tells its address and title;
// nothing that is said goes to it. Only the resume token is stored, and nothing before it is opened.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { ask } from "./dialogs.js";
import { Entries } from "./entries.js";
import { download, mailLink } from "./record.js";
import { stored } from "./stored.js";
import { fill, translate, wordsFor } from "./words.js";

const OFFICER_TYPES_MS = 6_000;
const SAID_MS = 5_000;

const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const isFramed = parent !== window;
const site = document.documentElement.dataset.site;
const words = wordsFor(query.get("lang") ?? navigator.language);

let title = document.title;
let reference = "";
let page = isFramed ? null : { url: location.origin + location.pathname, title: document.title };
let typingTimer = 0;
let isLost = false;

document.documentElement.lang = words.lang;
document.documentElement.classList.toggle("framed", isFramed);
translate(document, words);
byId("language").textContent = words.other;
byId("language").lang = words.otherLang;

// ---------------------------------------------------------------- what is seen

const entries = new Entries(byId("log"), words, {
  onChoose: (choice) => {
    const entry = entries.own(choice.label);
    if (conversation.choose(choice.id, entry)) return true;
    entries.drop(entry);
    return false;
  },
  onAgain: (item, text) => {
    conversation.again({ ...item, entry: entries.own(text) });
    composer.focus();
  },
});

const view = {
  connecting: () => status(words.connecting),
  lost: (excuse) => {
    isLost = true;
    typing(false);
    entries.waiting(true);
    status(excuse ? words[excuse] ?? words.lost : navigator.onLine ? words.lost : words.offline, true);
  },
  welcomed: (frame) => {
    if (isLost) say(words.back);
    else status("");
    isLost = false;
    entries.waiting(false);
    reference = frame.reference;
    byId("reference-code").textContent = frame.reference;
    byId("reference").hidden = false;
    // The council's own notice says that it is automated, too.
    byId("notice").textContent = frame.notice || words.automated;
    byId("hours").textContent = fill(words.hours, frame);
    byId("hours").hidden = !frame.hours;
    byId("about").hidden = false;
  },
  recorded: (entry) => entry && entries.drop(entry),
  sending: (entry, clientSeq) => {
    if (entry) entries.sending(entry, clientSeq);
    if (!isLost) status("");
  },
  acked: (entry, seq) => {
    status("");
    if (entry) entries.acked(entry, seq);
  },
  said: (frame) => {
    typing(false);
    entries.said(frame);
    composer.expects(frame.from === "resident" ? undefined : frame.expects?.kinds);
    news();
  },
  redirected: (frame) => {
    typing(false);
    entries.redirected(frame);
    composer.expects();
    news();
  },
  warned: (frame) => entries.warned(frame),
  typing: () => {
    typing(true);
    typingTimer = setTimeout(() => typing(false), OFFICER_TYPES_MS);
  },
  refusedForNow: (code, afterMs) => {
    const seconds = Math.max(1, Math.ceil(afterMs / 1000));
    status(fill(words[code] ?? words.refused, { seconds }), true);
  },
  failed: (item, code) => {
    const why = words[code] ?? words.refused;
    if (item.entry) entries.failed(item, why);
    else entries.told(why);
  },
  told: (code) => entries.told(words[code] ?? words.refused),
  begunAnew: (unsent) => {
    entries.forgetNumbers();
    entries.told(words.begunAnew);
    for (const item of unsent) if (item.entry) entries.failed(item, words.notReceived);
  },
  idle: (leftMs) => {
    byId("idle").hidden = leftMs === 0;
    const minutes = Math.round(leftMs / 60_000);
    const time = minutes === 1 ? words.minute
      : minutes > 1 ? fill(words.minutes, { count: minutes }) : fill(words.seconds, { count: Math.round(leftMs / 1000) });
    byId("idle-text").textContent = leftMs ? fill(words.idle, { minutes: time }) : "";
  },
  over: (reason) => {
    const focusIsLost = composer.holdsFocus();
    typing(false);
    status("");
    byId("idle").hidden = true;
    entries.settleChoices();
    if (reason === "forgotten") {
      entries.clear();
      byId("about").hidden = true;
      byId("reference").hidden = true;
      reference = "";
    }
    composer.clear();
    composer.show(false);
    byId("over-text").textContent = words[reason] ?? words.overOther;
    byId("anew").textContent = reason === "superseded" ? words.here : reason === "unreachable" ? words.tryAgain : words.anew;
    byId("anew").dataset.takesBack = String(reason === "superseded" || reason === "unreachable");
    byId("over").hidden = false;
    offer({ toGoOn: false, toKeep: reason !== "forgotten" });
    if (focusIsLost) byId("anew").focus();
    byId("over").scrollIntoView({ block: "nearest" });
  },
};

const conversation = new Conversation({ view, locale: words.lang, page: () => page });

const composer = new Composer(words, {
  typing: () => conversation.stir(),
  tooLong: (text) => {
    const more = new TextEncoder().encode(text).length - conversation.bytesMax;
    return more > 0 ? fill(words.tooLong, { count: more }) : "";
  },
  send: (text) => {
    const entry = entries.own(text);
    if (!conversation.say(text, entry)) {
      entries.drop(entry);
      return words.tooMany;
    }
    if (isLost) entries.waiting(true);
    else typing(true);
    entries.settleChoices();
    // It has been read, and room is scarce; whoever listens to the field still hears it.
    byId("advice").classList.add("for-the-ear");
    return "";
  },
});

function status(text, lost = false) {
  const place = byId("status");
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("lost", lost);
}

/** Says what is of no use in a moment. */
function say(text) {
  status(text);
  setTimeout(() => byId("status").textContent === text && status(""), SAID_MS);
}

function typing(on) {
  clearTimeout(typingTimer);
  byId("typing").hidden = !on;
}

/** Which options there are: what a conversation can be told, and what can be done with its words. */
function offer({ toGoOn, toKeep }) {
  for (const id of ["restart", "end"]) byId(id).hidden = !toGoOn;
  for (const id of ["download", "email", "print", "forget"]) byId(id).hidden = !toKeep;
}

function reopen() {
  byId("over").hidden = true;
  offer({ toGoOn: true, toKeep: true });
  composer.show(true);
  composer.focus();
}

function beginAnew() {
  entries.clear();
  byId("reference").hidden = true;
  reopen();
  conversation.anew();
}

// ---------------------------------------------------------------- what is done

const menu = byId("menu");

const context = () => ({ words, title, reference });
const agreed = (name) => ask(words[`${name}Title`], [words[`${name}Text`]], { refuse: words.cancel, agree: words.yes });

const actions = {
  download: () => download(entries.list, context()),
  print: () => print(),
  restart: async () => {
    if (!(await agreed("restart"))) return;
    conversation.end();
    beginAnew();
  },
  end: async () => { if (await agreed("end")) conversation.end(); },
  forget: async () => { if (await agreed("forget")) conversation.forget(); },
};

byId("options").addEventListener("click", () => {
  byId("email").href = mailLink(entries.list, context());
  menu.showModal();
});
byId("menu-close").addEventListener("click", () => menu.close());
byId("email").addEventListener("click", () => menu.close());
for (const [id, act] of Object.entries(actions)) {
  byId(id).addEventListener("click", () => {
    menu.close();
    act();
  });
}
byId("keep-open").addEventListener("click", () => {
  conversation.stir(true);
  composer.focus();
});
byId("anew").addEventListener("click", (event) => {
  if (event.currentTarget.dataset.takesBack !== "true") return beginAnew();
  reopen();
  return conversation.takeBack();
});
byId("language").addEventListener("click", () => {
  query.set("lang", words.otherLang);
  // A conversation in which nothing was said begins again in the other language.
  if (!conversation.hasSaid) stored.clear();
  location.replace(`${location.pathname}?${query}`);
});
addEventListener("beforeunload", (event) => {
  // What waits is kept in memory only, since words are not stored on the device.
  if (conversation.unsent && isLost) event.preventDefault();
});

// ---------------------------------------------------------------- the page that frames it

const tell = (what) => parent.postMessage({ cece: what }, "*");

function news() {
  if (isFramed && !stored.read().open) tell("news");
}

function minimise() {
  stored.mark(false);
  tell("close");
}

addEventListener("keydown", (event) => {
  // Escape closes what lies on top; only then the chat.
  if (event.key === "Escape" && isFramed && !menu.open && !byId("ask").open) minimise();
});

if (isFramed) {
  byId("minimise").hidden = false;
  byId("minimise").addEventListener("click", minimise);
  addEventListener("message", (event) => {
    // Who may frame this page is the server's to say (frame-ancestors); no other window is listened to.
    if (event.source !== parent || !event.data) return;
    const { cece: what, url, title: pageTitle } = event.data;
    if (what === "close") return stored.mark(false);
    if (what !== "page" && what !== "open") return;
    if (!page) {
      page = { url: String(url), title: String(pageTitle) };
      conversation.start();
    }
    stored.mark(true);
    if (what === "open") composer.focus({ unmoved: true });
  });
  tell("ready");
} else {
  conversation.start();
  composer.focus({ unmoved: true });
}

const siteWords = await fetch(`/site/${site}/words?lang=${words.lang}`).then((answer) => answer.json()).catch(() => null);
if (siteWords) {
  title = siteWords.title;
  document.title = title;
  byId("title").textContent = title;
  byId("contact").href = siteWords.contact_url;
  byId("privacy").hidden = !siteWords.privacy_url;
  if (siteWords.privacy_url) byId("privacy").href = siteWords.privacy_url;
  if (siteWords.logo) {
    byId("logo").src = `/site/${site}/logo`;
    byId("logo").hidden = false;
  }
  composer.useWarnings(siteWords.warnings);
}
