-- room: commons/notifications
-- What somebody should know, once for each (recipient, kind, subject).
CREATE TABLE notifications (
    id text PRIMARY KEY,
    recipient text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    trace text NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    UNIQUE (recipient, kind, subject)
);
CREATE INDEX notifications_recipient ON notifications (recipient, created_at DESC);

-- One row a notification and channel: how far its way to the recipient has come.
CREATE TABLE notification_deliveries (
    notification_id text NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    channel text NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    delivered_at timestamptz,
    reason text,
    PRIMARY KEY (notification_id, channel)
);
CREATE INDEX notification_deliveries_due ON notification_deliveries (due_at) WHERE status = 'pending';
