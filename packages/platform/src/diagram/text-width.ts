/** Widths of Helvetica's characters, in thousandths of the size of the text: those of Arial and Liberation Sans, too. */
const WIDTHS: readonly (readonly [characters: string, width: number])[] = [
  ["'ijl", 222],
  [' !,./:;I[]|ft', 278],
  ['()-`r"·', 333],
  ['cksvxyzJ*', 500],
  ['0123456789abdeghnopqu?$#_L', 556],
  ['+<=>~^FTZ', 611],
  ['ABEKPSVXY&', 667],
  ['CDHNRUw×', 722],
  ['GOQ', 778],
  ['mM%', 833],
  ['W@', 1000],
]
const BY_CHARACTER = new Map(WIDTHS.flatMap(([characters, width]) => Array.from(characters).map((character) => [character, width] as const)))

/** Room for the wider fonts that a reader may have instead. */
const RESERVE = 1.12

/** How wide a text is at most, in pixels. Whoever draws has no font at hand. */
export function textWidth(text: string, { size, bold = false }: { readonly size: number; readonly bold?: boolean }): number {
  const thousandths = Array.from(text).reduce((sum, character) => sum + (BY_CHARACTER.get(character) ?? 800), 0)
  return Math.ceil((thousandths / 1000) * size * RESERVE * (bold ? 1.07 : 1))
}
