/** One element; attributes in the order given. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, children: readonly string[] = []): string {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${text(String(value))}"`)].join(' ')
  if (children.length === 0) return `<${head}/>`
  const inline = children.length === 1 && !children[0]?.startsWith('<')
  return inline ? `<${head}>${children[0]}</${name}>` : `<${head}>\n${children.join('\n')}\n</${name}>`
}

/** Text that is nothing but text in XML. */
export function text(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A length with at most one digit after the point, so that equal layouts are equal texts. */
export function number(value: number): number {
  return Math.round(value * 10) / 10
}
