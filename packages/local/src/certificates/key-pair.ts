import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto'

export const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const

export type KeyPair = webcrypto.CryptoKeyPair

export function newKeyPair(): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
}

/** PKCS#8 in PEM, which every program reads. */
export async function privateKeyPem(pair: KeyPair): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey))
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** @throws if it is not a private key on P-256 */
export async function readKeyPair(pem: string): Promise<KeyPair> {
  const key = createPrivateKey(pem)
  const der = (object: KeyObject, type: 'pkcs8' | 'spki') => object.export({ format: 'der', type: type as 'pkcs8' })
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der(key, 'pkcs8'), KEY, true, ['sign'])
  const publicKey = await webcrypto.subtle.importKey('spki', der(createPublicKey(key), 'spki'), KEY, true, ['verify'])
  return { privateKey, publicKey }
}
