// The way to the server: a WebSocket, or where none passes, requests that wait for their answer.
//
// Both carry the same frames (docs/websocket.md). A connection calls `onFrame` for each and `onClose`
// once, with the close code; `opened` tells whether anything ever came through.

const REST_WAIT_SECONDS = 20;

/** `GET /ws`. `hello` is called when the line stands. */
export function socketConnection({ hello, onFrame, onClose }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}/ws`);
  let live = true;
  const connection = {
    opened: false,
    send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(frame)),
    close: () => {
      live = false;
      socket.close();
    },
  };
  socket.onopen = () => {
    connection.opened = true;
    socket.send(JSON.stringify(hello()));
  };
  socket.onmessage = (message) => live && onFrame(JSON.parse(message.data));
  socket.onclose = (close) => live && onClose(close.code);
  return connection;
}

/** `/api/conversations`: the same frames by POST, and a long poll for what others say. */
export function restConnection({ hello, onFrame, onClose }) {
  let waiting = new AbortController();
  let live = true;
  let id = "";
  let token = null;
  let after = 0;
  const connection = {
    opened: false,
    send: (frame) => {
      if (frame.type === "resync") {
        after = frame.from - 1;
        return poll();
      }
      // What is waited for would bring what this is answered with.
      waiting.abort();
      return ask(`/${id}/messages`, frame).then(take).then(poll, () => over(1006));
    },
    close: () => {
      live = false;
      waiting.abort();
    },
  };
  const over = (code) => {
    if (!live) return;
    connection.close();
    onClose(code);
  };
  const ask = async (path, body, signal) => {
    const headers = { "content-type": "application/json" };
    if (token) headers.authorization = `Bearer ${token}`;
    const method = body ? "POST" : "GET";
    const answer = await fetch(`/api/conversations${path}`, { method, headers, body: body && JSON.stringify(body), signal });
    const frames = await answer.json();
    if (!Array.isArray(frames)) throw new TypeError("not frames");
    connection.opened = true;
    return frames;
  };
  const take = (frames) => {
    for (const frame of frames) {
      if (!live) return;
      if (frame.type === "welcome") ({ token, conversation: id } = frame);
      if (frame.seq > after) after = frame.seq;
      onFrame(frame);
    }
  };
  // Waits for what others say, over and over; what is sent meanwhile ends the waiting.
  const poll = async () => {
    waiting.abort();
    const mine = waiting = new AbortController();
    try {
      while (live && token && !mine.signal.aborted) {
        take(await ask(`/${id}/events?after=${after}&wait=${REST_WAIT_SECONDS}`, null, mine.signal));
      }
    } catch {
      if (!mine.signal.aborted) over(1006);
    }
  };
  ask("", hello()).then(take).then(poll, () => over(1006));
  return connection;
}
