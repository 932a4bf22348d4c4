import { Value } from 'typebox/value'
import { LibraryReply, ShareReply } from '../../contract/gateways/licence-library'
import type { SmsReply } from '../../contract/gateways/notify'
import type { Config } from '../config'
import type { Keys } from '../vault/keys'
import { ask, readJson } from './http'
import { identityGateway } from './identity'
import { GatewayUnavailable, type Gateways } from './ports'
import { SignedChannel, type ChannelOptions } from './signed-channel'
import { signRequest } from './signature'
import { wechatGateway } from './wechat'

/** The outside world over HTTP. In the demo the same code speaks to the stand-ins. */
export function openGateways(config: Config, keys: Keys, now: () => number, log: ChannelOptions['log']): Gateways {
  const { identity, licenceLibrary, dataShare, departments, readers, sms } = config.gateways
  const channel = (system: string, url: string) => new SignedChannel({ system, url, key: keys.departmentRequests, now, log })
  const library = channel('电子证照库', licenceLibrary.url)
  const share = channel('数据共享平台', dataShare.url)
  const scanning = channel('核码端接入平台', readers.url)
  const approval = channel('部门审批系统', departments.url)

  return {
    identity: identityGateway(identity),
    licenceLibrary: {
      query: async (query) => (await library.query('/query', query, (value) => Value.Check(LibraryReply, value))).licences,
      rectify: async (rectification) => void (await library.send('/rectifications', rectification)),
      verify: async ({ method, url, headers, body }) => (await library.verify({ method, url, headers, body })) !== null
    },
    dataShare: { query: (query) => share.query('/query', query, (value) => Value.Check(ShareReply, value)) },
    departments: {
      dispatch: async (message) => void (await approval.send(`/${message.departmentId}/cases`, message)),
      send: async (departmentId, message) => void (await approval.send(`/${departmentId}/messages`, message)),
      async verify({ method, url, headers, body }) {
        const departmentId = await approval.verifyOwner({ method, url, headers, body }, 'department')
        return departmentId === null ? null : { departmentId }
      }
    },
    readers: {
      verify: (request) => scanning.verifyOwner(request, 'reader'),
      object: async (objection) => void (await scanning.send('/objections', objection))
    },
    wechat: wechatGateway(config, now),
    sms: {
      async send(messageId, phone, template, params) {
        const system = '短信网关'
        const url = `${sms.url}/send`
        const body = JSON.stringify({ messageId, phone, template, params })
        const headers = { ...(await signRequest(keys.departmentRequests, 'POST', url, body, now())), authorization: `Bearer ${sms.token}` }
        const { accepted } = readJson(system, await ask(system, url, { method: 'POST', headers, body }), isSmsReply)
        if (!accepted) throw new GatewayUnavailable(system, new Error('not accepted'))
      }
    }
  }
}

function isSmsReply(value: unknown): value is SmsReply {
  return typeof value === 'object' && value !== null && 'accepted' in value && typeof value.accepted === 'boolean'
}
