// Text that may be larger than one message of the circuit: read in a stream, as bytes of UTF-8.
export function textOf(field) {
  return new TextEncoder().encode(field.value);
}
