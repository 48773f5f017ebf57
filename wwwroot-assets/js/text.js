// Text that may be larger than one message of the circuit: read in a stream, as bytes of UTF-8.
export function textOf(field) {
  // A stream must not be empty, hence the line at the end.
  return new TextEncoder().encode(`${field.value}\n`);
}
