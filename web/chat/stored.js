// What is kept on the device, from when the chat is opened until it is ended or forgotten: the token
// that takes the conversation up again, and whether the chat was open. No words.

const KEY = "cece";

let unkept = null; // where the browser allows no storage: good until the page is left

export const stored = {
  read() {
    try {
      const { token, open } = JSON.parse(localStorage.getItem(KEY)) ?? {};
      return { token: typeof token === "string" ? token : null, open: open === true };
    } catch {
      return { token: unkept, open: false };
    }
  },

  write(token, open) {
    unkept = token;
    try { localStorage.setItem(KEY, JSON.stringify({ token, open })); } catch { /* as above */ }
  },

  /** Notes whether the chat is open, where there is a conversation. */
  mark(open) {
    const { token } = this.read();
    if (token) this.write(token, open);
  },

  clear() {
    unkept = null;
    try { localStorage.removeItem(KEY); } catch { /* as above */ }
  },
};
