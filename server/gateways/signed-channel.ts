import type { SigningKey } from '../vault/key-files'
import { ask, readJson, type Incoming } from './http'
import { GatewayUnavailable } from './ports'
import { type KeyOwner, RemoteKeys, type RemoteKeysOptions } from './remote-keys'
import { signRequest, verifyMessage, type SignedMessage } from './signature'

export interface ChannelOptions {
  /** What people call the system. */
  system: string
  /** Its base address; its public keys are at `jwks.json` below. */
  url: string
  key: SigningKey
  now: () => number
  log: RemoteKeysOptions['log']
}

/** An outside system with which signed messages are exchanged both ways (RFC 9421). */
export class SignedChannel {
  private readonly keys: RemoteKeys

  constructor(private readonly options: ChannelOptions) {
    this.keys = new RemoteKeys({ ...options, address: `${options.url}/jwks.json` })
  }

  /** Sends a signed message. @throws {GatewayUnavailable} */
  async send(path: string, message: object): Promise<Incoming> {
    const { system, key, now } = this.options
    const url = this.options.url + path
    const body = JSON.stringify(message)
    return ask(system, url, { method: 'POST', body, headers: await signRequest(key, 'POST', url, body, now()) })
  }

  /** Asks with a signed message and trusts only a signed answer. @throws {GatewayUnavailable} */
  async query<T>(path: string, message: object, isAgreed: (value: unknown) => value is T): Promise<T> {
    const { system } = this.options
    const answer = await this.send(path, message)
    if (!(await this.verify(answer))) throw new GatewayUnavailable(system, new Error('the answer is not signed by the system'))
    return readJson(system, answer, isAgreed)
  }

  /** The department or reader whose key signed the message; null when none did, or the key is nobody's. @throws {GatewayUnavailable} */
  async verifyOwner(message: SignedMessage, member: KeyOwner): Promise<string | null> {
    const keyId = await this.verify(message)
    return keyId === null ? null : this.keys.ownerOf(keyId, member)
  }

  /** The id of the system's key that signed the message; null when none did. @throws {GatewayUnavailable} */
  verify(message: SignedMessage): Promise<string | null> {
    return verifyMessage(message, this.keys, this.options.now())
  }
}
