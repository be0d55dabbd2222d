/** Text that is safe to put in HTML as it is. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Builds HTML: what is put in is escaped, unless it is {@link Html}. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | undefined)[]): Html {
  return new Html(parts.reduce((text, part, index) => text + insert(values[index - 1]) + part))
}

function insert(value: string | Html | undefined): string {
  if (value instanceof Html) return value.text
  return (value ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
