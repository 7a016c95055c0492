//! A client of the native WebSocket protocol that resumes by itself: for the terminal, the load
//! example, crash tests and bridges.
//!
//! It keeps the protocol's promises from the client's side: what is not acknowledged is sent again
//! under the same number, what was seen is dropped, a gap is asked for, and a lost connection is
//! taken up again with growing, jittered pauses, a bounded number of times. It does not show
//! anything, and it keeps nothing on disk.

mod error;
mod frame;
mod session;

pub use error::ClientError;
pub use frame::{Bye, Frame, Refusal, Say, WarnedSpan, Warning, Welcome};

use error::Broken;
use futures_util::{SinkExt, StreamExt};
use session::{Session, Verdict};
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
/// The first pause before a new attempt; doubled each time.
const PAUSE_FIRST: Duration = Duration::from_millis(250);
/// The longest pause between attempts, also when the server asks for more.
const PAUSE_MAX: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Where and how to connect.
#[derive(Debug, Clone)]
pub struct Options {
    /// `ws://host:port/ws`.
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
        /// `client_seq` of the messages that were never recorded.
        unsent: Vec<u64>,
    },
}

/// A conversation, over as many connections as it takes.
#[derive(Debug)]
pub struct Client {
    options: Options,
    session: Session,
    link: Link,
    /// Attempts in a row since the last welcome.
    attempts: u32,
    jitter: u64,
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

impl Client {
    /// Opens the first connection and says hello; the welcome comes from [`Client::next`].
    ///
    /// # Errors
    /// When the address is wrong or nothing answers there: the first attempt is the only one.
    pub async fn connect(options: Options) -> Result<Self, ClientError> {
        if !options.url.starts_with("ws://") {
            return Err(ClientError::Address {
                url: options.url,
                cause: "it does not begin with ws://, and TLS is the reverse proxy's".to_owned(),
            });
        }
        let mut client = Self {
            jitter: options.jitter_seed,
            options,
            session: Session::default(),
            link: Link::Over,
            attempts: 1,
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
    /// When too many are unacknowledged. A lost connection is no error: it shows in `next`.
    pub async fn send_text(&mut self, text: &str) -> Result<u64, ClientError> {
        self.send(serde_json::json!({"type": "message", "text": text}))
            .await
    }

    /// Chooses one of the choices offered, by its id. Otherwise as [`Client::send_text`].
    ///
    /// # Errors
    /// When too many messages are unacknowledged.
    pub async fn choose(&mut self, choice: &str) -> Result<u64, ClientError> {
        self.send(serde_json::json!({"type": "choose", "choice": choice}))
            .await
    }

    /// Ends the conversation; the goodbye comes from [`Client::next`].
    ///
    /// # Errors
    /// When too many messages are unacknowledged.
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
                    Ok(json) => {
                        if let Some(heard) = self.take(json)? {
                            return Ok(Some(heard));
                        }
                    }
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

    /// How many messages are not acknowledged.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.session.pending()
    }

    async fn send(&mut self, frame: serde_json::Value) -> Result<u64, ClientError> {
        let client_seq = self
            .session
            .submit(frame)
            .ok_or(ClientError::TooManyPending)?;
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
        self.flush().await?;
        loop {
            let Link::Up(socket, silent_at) = &mut self.link else {
                return Err(Broken::Lost("not connected".to_owned()));
            };
            let Ok(message) = timeout_at(*silent_at, socket.next()).await else {
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

    fn take(&mut self, json: Utf8Bytes) -> Result<Option<Heard>, ClientError> {
        let frame: Frame =
            serde_json::from_str(&json).map_err(|cause| self.not_protocol(&cause))?;
        match self.session.take(&frame) {
            Verdict::Skip => return Ok(None),
            Verdict::Show => {
                if matches!(frame, Frame::Welcome(_)) {
                    self.attempts = 0;
                }
            }
            Verdict::Leave { after_ms } => {
                let asked = after_ms.map_or(PAUSE_FIRST, Duration::from_millis);
                self.link = Link::Down {
                    retry_at: Instant::now() + asked.min(PAUSE_MAX),
                    cause: "the server asked to come back later".to_owned(),
                };
            }
            Verdict::BeginAnew { unsent } => {
                self.link = Link::Down {
                    retry_at: Instant::now(),
                    cause: "the server does not know the conversation".to_owned(),
                };
                return Ok(Some(Heard::BegunAnew { unsent }));
            }
            Verdict::Over => self.link = Link::Over,
        }
        let frame = Box::new(frame);
        Ok(Some(Heard::Frame { frame, json }))
    }

    fn lost(&mut self, cause: String) -> Heard {
        let retry_in = self.pause();
        self.link = Link::Down {
            retry_at: Instant::now() + retry_in,
            cause: cause.clone(),
        };
        Heard::Lost { cause, retry_in }
    }

    /// Half of the doubled pause, and a random part of the other half.
    fn pause(&mut self) -> Duration {
        // SplitMix64: enough to spread clients, and it makes no claim to more.
        self.jitter = self.jitter.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.jitter;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let whole = PAUSE_FIRST
            .saturating_mul(1 << self.attempts.min(10))
            .min(PAUSE_MAX);
        let half_ms = u64::try_from(whole.as_millis() / 2).unwrap_or(u64::MAX);
        Duration::from_millis(half_ms + mixed % (half_ms + 1))
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
