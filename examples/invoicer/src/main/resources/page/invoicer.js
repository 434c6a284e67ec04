'use strict';

const element = id => document.getElementById(id);
const csrfToken = document.querySelector('meta[name="csrf-token"]').content;
const noDate = '0001-01-01T00:00:00Z';
let shown = '';

function say(text, failed = false) {
  element('message').textContent = text;
  element('message').classList.toggle('failed', failed);
}

function hide() {
  shown = '';
  element('invoice').hidden = true;
}

async function call(method, path) {
  const headers = csrfToken ? { 'X-CSRF-Token': csrfToken } : {};
  const response = await fetch(path, { method, headers, credentials: 'same-origin' });
  if (response.ok) return response;
  const reason = (await response.text()).trim();
  throw new Error(response.status === 401 ? 'You are no longer signed in. Reload the page.' : reason);
}

function date(text) {
  return text === noDate ? '–' : new Date(text).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}

function cell(text, className = '') {
  const td = document.createElement('td');
  td.textContent = text;
  td.className = className;
  return td;
}

function rows(charges) {
  return charges.map(charge => {
    const tr = document.createElement('tr');
    tr.append(cell(charge.type), cell(charge.description), cell(charge.amount.toLocaleString(undefined, { maximumFractionDigits: 4 }), 'number'));
    return tr;
  });
}

function show(invoice) {
  shown = String(invoice.ID);
  element('invoice-title').textContent = `Invoice ${invoice.ID}`;
  element('status').textContent = invoice.is_paid ? 'Paid' : 'Open';
  element('status').classList.toggle('paid', invoice.is_paid);
  element('amount').textContent = invoice.amount.toLocaleString();
  element('due').textContent = date(invoice.due_date);
  element('paid').textContent = date(invoice.payment_date);
  element('created').textContent = date(invoice.CreatedAt);
  element('updated').textContent = date(invoice.UpdatedAt);
  element('charges').replaceChildren(...rows(invoice.charges));
  element('invoice').hidden = false;
  element('invoice-title').focus();
}

/** Runs an action, and tells the reader when it fails. */
function guarded(action) {
  return async event => {
    event.preventDefault();
    try {
      await action();
    } catch (error) {
      hide();
      say(error.message || 'The service cannot be reached.', true);
    }
  };
}

element('lookup').addEventListener('submit', guarded(async () => {
  say('Loading…');
  const response = await call('GET', `/invoice/${encodeURIComponent(element('number').value)}`);
  show(await response.json());
  say('');
}));

element('delete').addEventListener('click', () => {
  element('confirm').returnValue = '';
  element('confirm').showModal();
});

element('confirm').addEventListener('close', guarded(async () => {
  if (element('confirm').returnValue !== 'delete' || !shown) return;
  await call('DELETE', `/invoice/${encodeURIComponent(shown)}`);
  say(`Invoice ${shown} is deleted.`);
  hide();
  element('number').focus();
}));

element('sign-out').addEventListener('click', guarded(async () => {
  await call('POST', '/sign-out');
  document.querySelector('main').replaceChildren(element('message'));
  element('sign-out').parentElement.remove();
  say('You are signed out.');
}));
