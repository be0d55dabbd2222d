/** A file of a tree, by its path from the tree's root. */
export interface OutputFile {
  readonly path: string
  readonly content: string
}
