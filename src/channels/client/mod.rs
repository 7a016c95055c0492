//! A client of the native WebSocket protocol that resumes by itself: for the terminal, the load
//! example, crash tests and bridges.
//!
//! It keeps the protocol's promises from the client's side: a message is under way one at a time, and
//! what is not acknowledged is sent again under the same number; what was seen is dropped, a gap is asked for, and a lost connection is
//! taken up again with growing, jittered pauses, a bounded number of times. It does not show
//! anything, and it keeps nothing on disk.

pub mod call;

mod error;
mod frame;
mod pause;
mod session;

pub use error::ClientError;
pub use frame::{Bye, Frame, Refusal, Say, WarnedSpan, Warning, Welcome};

use error::Broken;
use futures_util::{SinkExt, StreamExt};
use pause::{PAUSE_FIRST, PAUSE_MAX, Pauses};
use session::{Session, Verdict};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes, protocol::WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

/// A frame from the server at most; the server's own frames stay far below.
const FRAME_BYTES_MAX: usize = 256 * 1024;
/// A connection attempt takes at most this long.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// The server's heartbeat comes every 25 s: after three missed ones the connection counts as lost.
const SILENCE_MAX: Duration = Duration::from_secs(80);
/// Frames behind a gap that are kept, should the conversation end before the gap is filled.
const HELD_MAX: usize = 64;
type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Where and how to connect.
#[derive(Debug, Clone)]
pub struct Options {
    /// `ws://host:port/ws`, or the page's own address, `http://host:port/`.
    pub url: String,
    /// BCP 47 tag, e.g. `en-GB`.
    pub locale: String,
    /// The page that the resident came from: URL and title.
    pub page: Option<(String, String)>,
    /// Attempts in a row to take up a lost connection, before giving up.
    pub attempts_max: u32,
    /// Spreads the pauses of many clients; give each its own.
    pub jitter_seed: u64,
}

impl Options {
    /// English, no page, 10 attempts.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            locale: "en-GB".to_owned(),
            page: None,
            attempts_max: 10,
            jitter_seed: 0,
        }
    }
}

/// What comes out of [`Client::next`].
#[derive(Debug, Clone)]
pub enum Heard {
    /// A frame that was not seen before.
    Frame {
        /// As read.
        frame: Box<Frame>,
        /// As it came.
        json: Utf8Bytes,
    },
    /// The connection was lost; the next call waits and tries again.
    Lost {
        /// Why.
        cause: String,
        /// The pause before the next attempt.
        retry_in: Duration,
    },
    /// A connection stands again; a welcome follows, then what was missed.
    Reconnected,
    /// The conversation is gone from the server; a new one begins.
    BegunAnew {
        /// `client_seq` of the message that was never recorded, if one was under way.
        unsent: Option<u64>,
    },
}

/// A conversation, over as many connections as it takes.
#[derive(Debug)]
pub struct Client {
    options: Options,
    session: Session,
    link: Link,
    /// Attempts in a row that brought nothing.
    attempts: u32,
    pauses: Pauses,
    /// When the message under way is to be sent again.
    resend_at: Option<Instant>,
    /// What lies behind a gap, in order.
    held: VecDeque<Heard>,
    /// What the next calls give.
    ready: VecDeque<Heard>,
}

#[derive(Debug)]
enum Link {
    /// Until when something must be heard.
    Up(Box<Socket>, Instant),
    Down {
        retry_at: Instant,
        cause: String,
    },
    Over,
}

/// The address of the WebSocket where a page's own is given.
fn websocket(url: &str) -> String {
    let Some(host) = url.strip_prefix("http://") else {
        return url.to_owned();
    };
    match host.split_once('/') {
        None | Some((_, "")) => format!("ws://{}/ws", host.trim_end_matches('/')),
        Some(_) => format!("ws://{host}"),
    }
}

impl Client {
    /// Opens the first connection and says hello; the welcome comes from [`Client::next`].
    ///
    /// # Errors
    /// When the address is wrong or nothing answers there: the first attempt is the only one.
    pub async fn connect(options: Options) -> Result<Self, ClientError> {
        let options = Options {
            url: websocket(&options.url),
            ..options
        };
        if !options.url.starts_with("ws://") {
            return Err(ClientError::Address {
                url: options.url,
                cause: "it does not begin with ws://, and TLS is the reverse proxy's".to_owned(),
            });
        }
        let mut client = Self {
            pauses: Pauses::new(options.jitter_seed),
            options,
            session: Session::default(),
            link: Link::Over,
            attempts: 1,
            resend_at: None,
            held: VecDeque::new(),
            ready: VecDeque::new(),
        };
        match client.open().await {
            Ok(()) => Ok(client),
            Err(cause @ (tungstenite::Error::Url(_) | tungstenite::Error::HttpFormat(_))) => {
                Err(ClientError::Address {
                    url: client.options.url,
                    cause: cause.to_string(),
                })
            }
            Err(cause) => Err(client.unreachable(cause.to_string())),
        }
    }

    /// Sends a message and gives its `client_seq`; it is sent again until it is acknowledged.
    ///
    /// # Errors
    /// When another one is under way. A lost connection is no error: it shows in `next`.
    pub async fn send_text(&mut self, text: &str) -> Result<u64, ClientError> {
        self.send(serde_json::json!({"type": "message", "text": text}))
            .await
    }

    /// Chooses one of the choices offered, by its id. Otherwise as [`Client::send_text`].
    ///
    /// # Errors
    /// When another message is under way.
    pub async fn choose(&mut self, choice: &str) -> Result<u64, ClientError> {
        self.send(serde_json::json!({"type": "choose", "choice": choice}))
            .await
    }

    /// Ends the conversation; the goodbye comes from [`Client::next`].
    ///
    /// # Errors
    /// When another message is under way.
    pub async fn end(&mut self) -> Result<u64, ClientError> {
        self.send(serde_json::json!({"type": "end"})).await
    }

    /// The next thing that happens, or `None` when the conversation is over.
    ///
    /// Safe to cancel (`tokio::select!`): nothing is lost, an attempt under way begins again.
    ///
    /// # Errors
    /// When the connection cannot be taken up again, or the server does not speak this protocol.
    pub async fn next(&mut self) -> Result<Option<Heard>, ClientError> {
        loop {
            if let Some(heard) = self.ready.pop_front() {
                return Ok(Some(heard));
            }
            match &self.link {
                Link::Over => return Ok(None),
                Link::Down { retry_at, cause } => {
                    if self.attempts >= self.options.attempts_max {
                        let gave_up = self.unreachable(cause.clone());
                        self.link = Link::Over;
                        return Err(gave_up);
                    }
                    sleep_until(*retry_at).await;
                    let opened = self.open().await;
                    self.attempts += 1;
                    return Ok(Some(match opened {
                        Ok(()) => Heard::Reconnected,
                        Err(cause) => self.lost(cause.to_string()),
                    }));
                }
                Link::Up(..) => match self.read().await {
                    Ok(json) => self.take(json)?,
                    Err(Broken::Lost(cause)) => return Ok(Some(self.lost(cause))),
                    Err(Broken::Refused { code, reason }) => {
                        self.link = Link::Over;
                        return Err(ClientError::Refused { code, reason });
                    }
                },
            }
        }
    }

    /// Highest number of the log that was shown or acknowledged.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.session.seen()
    }

    /// The message that is under way, by its `client_seq`.
    #[must_use]
    pub fn pending(&self) -> Option<u64> {
        self.session.pending()
    }

    async fn send(&mut self, frame: serde_json::Value) -> Result<u64, ClientError> {
        let client_seq = self
            .session
            .submit(frame)
            .map_err(|client_seq| ClientError::Busy { client_seq })?;
        // A broken connection shows when it is read; the message is kept until then.
        let _ = self.flush().await;
        Ok(client_seq)
    }

    async fn open(&mut self) -> Result<(), tungstenite::Error> {
        let config = WebSocketConfig::default()
            .read_buffer_size(4 * 1024)
            .max_message_size(Some(FRAME_BYTES_MAX))
            .max_frame_size(Some(FRAME_BYTES_MAX));
        let opening = connect_async_with_config(self.options.url.as_str(), Some(config), true);
        let (socket, _response) = timeout(CONNECT_MAX, opening)
            .await
            .map_err(|_| tungstenite::Error::Io(std::io::ErrorKind::TimedOut.into()))??;
        self.link = Link::Up(Box::new(socket), Instant::now() + SILENCE_MAX);
        let page = self.options.page.as_ref();
        let page = page.map(|(url, title)| (url.as_str(), title.as_str()));
        self.session.opened(&self.options.locale, page);
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), tungstenite::Error> {
        let Link::Up(socket, _) = &mut self.link else {
            return Ok(());
        };
        while let Some(json) = self.session.to_write() {
            // Once `feed` is done the socket holds the frame: a cancelled flush loses nothing.
            socket.feed(Message::text(json)).await?;
            self.session.written();
        }
        socket.flush().await
    }

    async fn read(&mut self) -> Result<Utf8Bytes, Broken> {
        loop {
            self.flush().await?;
            let Link::Up(socket, silent_at) = &mut self.link else {
                return Err(Broken::Lost("not connected".to_owned()));
            };
            let wake_at = self.resend_at.unwrap_or(*silent_at).min(*silent_at);
            let Ok(message) = timeout_at(wake_at, socket.next()).await else {
                if self.resend_at.take().is_some() {
                    self.session.send_pending();
                    continue;
                }
                let cause = format!("nothing heard for {} s", SILENCE_MAX.as_secs());
                return Err(Broken::Lost(cause));
            };
            *silent_at = Instant::now() + SILENCE_MAX;
            match message {
                Some(Ok(Message::Text(json))) => return Ok(json),
                Some(Ok(Message::Close(close))) => return Err(Broken::closed(close)),
                Some(Ok(
                    Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
                )) => {}
                Some(Err(cause)) => return Err(cause.into()),
                None => return Err(Broken::Lost("the connection was closed".to_owned())),
            }
        }
    }

    fn take(&mut self, json: Utf8Bytes) -> Result<(), ClientError> {
        let frame: Frame =
            serde_json::from_str(&json).map_err(|cause| self.not_protocol(&cause))?;
        let verdict = self.session.take(&frame);
        if matches!(frame, Frame::Welcome(_) | Frame::Ack { .. }) && self.pending().is_none() {
            // Not before: a message that breaks the connection each time must not do so for ever.
            self.attempts = 0;
        }
        if !self.session.has_gap() {
            self.held.clear();
        }
        let frame = Box::new(frame);
        let heard = Heard::Frame { frame, json };
        match verdict {
            Verdict::Skip => return Ok(()),
            Verdict::Hold => {
                if self.held.len() < HELD_MAX {
                    self.held.push_back(heard);
                }
                return Ok(());
            }
            Verdict::Show => {}
            Verdict::Retry { after_ms } => {
                let pause = Duration::from_millis(after_ms).min(PAUSE_MAX);
                self.resend_at = Some(Instant::now() + pause);
            }
            Verdict::Leave { after_ms } => {
                let asked = after_ms.map_or(PAUSE_FIRST, Duration::from_millis);
                self.leave(asked.min(PAUSE_MAX), "the server asked to come back later");
            }
            Verdict::BeginAnew { unsent } => {
                self.leave(Duration::ZERO, "the server does not know the conversation");
                self.ready.push_back(Heard::BegunAnew { unsent });
                return Ok(());
            }
            Verdict::Over => {
                self.link = Link::Over;
                self.ready.append(&mut self.held);
            }
        }
        self.ready.push_back(heard);
        Ok(())
    }

    fn leave(&mut self, pause: Duration, cause: &str) {
        self.link = Link::Down {
            retry_at: Instant::now() + pause,
            cause: cause.to_owned(),
        };
        self.resend_at = None;
        self.held.clear();
    }

    fn lost(&mut self, cause: String) -> Heard {
        let retry_in = self.pauses.after(self.attempts);
        self.leave(retry_in, &cause);
        Heard::Lost { cause, retry_in }
    }

    fn unreachable(&self, cause: String) -> ClientError {
        ClientError::Unreachable {
            url: self.options.url.clone(),
            attempts: self.attempts,
            cause,
        }
    }

    /// Serde's own words may quote a frame, so only the place is told.
    fn not_protocol(&self, cause: &serde_json::Error) -> ClientError {
        ClientError::Frame {
            url: self.options.url.clone(),
            category: if cause.is_data() { "data" } else { "syntax" },
            column: cause.column(),
        }
    }
}

#[cfg(test)]
mod tests;
