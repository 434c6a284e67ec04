CREATE TABLE invoices (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    deleted_at   timestamptz,
    is_paid      boolean     NOT NULL,
    amount       bigint      NOT NULL CHECK (amount BETWEEN 0 AND 9007199254740991),
    payment_date timestamptz NOT NULL,
    due_date     timestamptz NOT NULL
);

COMMENT ON COLUMN invoices.amount IS 'in the smallest unit of the currency';
COMMENT ON COLUMN invoices.payment_date IS 'the first instant of the year 1 stands for none';
COMMENT ON COLUMN invoices.due_date IS 'the first instant of the year 1 stands for none';

CREATE TABLE charges (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at  timestamptz    NOT NULL DEFAULT now(),
    updated_at  timestamptz    NOT NULL DEFAULT now(),
    deleted_at  timestamptz,
    invoice_id  bigint         NOT NULL REFERENCES invoices (id),
    type        text           NOT NULL CHECK (char_length(type) <= 100),
    amount      numeric(15, 4) NOT NULL CHECK (amount >= 0),
    description text           NOT NULL CHECK (char_length(description) <= 2000)
);

CREATE INDEX charges_invoice_id ON charges (invoice_id);
