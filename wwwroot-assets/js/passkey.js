// Passkeys on the pages that need no circuit. Without script, or where the browser knows no passkeys, their forms stay hidden.

const supported = 'credentials' in navigator && typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

if (supported) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', event => {
      event.preventDefault();
      answer(form).catch(fault => tell(form, fault));
    });
  }
}

async function answer(form) {
  tell(form, null);
  const response = await fetch(form.dataset.options, {
    method: 'POST',
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
  });
  if (!response.ok) {
    throw new Error('The server did not offer a challenge. Reload the page and try again.');
  }

  const json = await response.json();
  const credential = form.dataset.passkey === 'create'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) });
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

function tell(form, fault) {
  const place = form.querySelector('[data-passkey-fault]');
  place.textContent = fault === null ? '' : fault.name === 'NotAllowedError' ? 'That was called off, or no passkey fits.' : fault.message;
}
