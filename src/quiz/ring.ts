import { HashRing } from '../placement/index.js'
import { shuffle } from '../random/random.js'
import { leastMoved, moduloMoved } from '../stats/ring-theory.js'
import { fixed, type Question } from './question.js'

const percent = (share: number) => `${Math.round(share * 1000) / 10}`

export const ring: readonly Question[] = [
  {
    id: 'modulo-one-more',
    ask(random) {
      const nodes = 3 + random.below(17)
      return {
        text: `Keys go to server hash mod N. ${nodes} servers become ${nodes + 1}: which percentage of the keys changes servers?`,
        answer: percent(moduloMoved(nodes, nodes + 1)),
        near: 1,
        explanation: `N/(N + 1) = ${nodes}/${nodes + 1}: only where both remainders agree does a key stay.`,
        command: `cachelab ring compare --nodes ${nodes} --add 1`,
      }
    },
  },
  {
    id: 'modulo-double',
    ask(random) {
      const nodes = 2 + random.below(9)
      return {
        text: `Keys go to server hash mod N. ${nodes} servers become ${2 * nodes}: which percentage of the keys changes servers?`,
        answer: percent(moduloMoved(nodes, 2 * nodes)),
        near: 1,
        explanation:
          'Half of them: modulo 2N is the old number, or the old number plus N. Doubling is the one kind step.',
        command: `cachelab ring compare --nodes ${nodes} --add ${nodes}`,
      }
    },
  },
  {
    id: 'ring-one-more',
    ask(random) {
      const nodes = 3 + random.below(30)
      return {
        text: `On a hash ring with many virtual nodes, ${nodes} servers become ${nodes + 1}. About which percentage of the keys moves?`,
        answer: percent(leastMoved(nodes, nodes + 1)),
        near: 1,
        explanation: `What the newcomer gets: 1/${nodes + 1}. All other keys stay where they are.`,
        command: `cachelab ring rolling --from ${nodes} --to ${nodes + 1}`,
      }
    },
  },
  {
    id: 'ring-one-less',
    ask(random) {
      const nodes = 4 + random.below(17)
      return {
        text: `On a hash ring with many virtual nodes, one of ${nodes} servers goes. About which percentage of the keys moves?`,
        answer: percent(leastMoved(nodes, nodes - 1)),
        near: 1,
        explanation: `Only the keys of the one that went: 1/${nodes}.`,
        command: `cachelab ring rolling --from ${nodes} --to ${nodes - 1}`,
      }
    },
  },
  {
    id: 'owner',
    ask(random) {
      const nodes = ['cache1', 'cache2', 'cache3']
      const key = `user:${random.below(10_000)}`
      const names = new HashRing(nodes, { vnodes: 150 })
      const [owner] = names.replicas(key, 2)
      return {
        text: `cachelab ring route ${key} --nodes cache1,cache2,cache3 says where the key goes. Run it: which node?`,
        choices: nodes,
        answer: owner,
        explanation:
          'Nobody can know that by heart, but everybody who hashes the same labels comes to the same node, without asking.',
        command: `cachelab ring route ${key} --nodes cache1,cache2,cache3`,
      }
    },
  },
  fixed('who-takes-over', {
    text: 'A node leaves a hash ring without virtual nodes. Who gets its keys?',
    answer: 'the next node clockwise, all of them',
    others: [
      'all other nodes, in equal parts',
      'the node with the fewest keys',
      'a node that the client picks',
    ],
    explanation:
      'Its arc becomes part of the next one’s. With many virtual nodes each of its arcs has another neighbour, so that all share the load.',
    command: 'cachelab ring draw --nodes 4 --vnodes 1 --remove-node node-B',
  }),
  {
    id: 'vnodes-deviation',
    ask(random) {
      const factor = [4, 9, 16][random.below(3)]
      return {
        text: `The number of virtual nodes grows by a factor of ${factor}. By which factor does the spread between the nodes fall?`,
        choices: shuffle(['2', '3', '4', '9', '16'], random),
        answer: String(Math.sqrt(factor)),
        explanation:
          'The standard deviation falls with the square root of their number, while memory grows with the number itself.',
        command: `cachelab ring sweep --vnodes 10,${10 * factor}`,
      }
    },
  },
  fixed('why-vnodes', {
    text: 'What are virtual nodes for?',
    answer: 'the parts of the ring that nodes get become more even',
    others: ['keys are found faster', 'each key gets a second copy', 'less memory is used'],
    explanation:
      'One place a node leaves arcs of very different length; many short arcs add up to about the same for all.',
    command: 'cachelab ring sweep --vnodes 1,10,100',
  }),
  {
    id: 'weight',
    ask(random) {
      const weight = 2 + random.below(4)
      return {
        text: `Two nodes of weight 1 and one of weight ${weight} share a ring. About which percentage of the keys does the heavy one get?`,
        answer: percent(weight / (weight + 2)),
        near: 3,
        explanation: `It has ${weight} of ${weight + 2} virtual nodes, and so that share of the keys.`,
        command: `cachelab ring weights --weight a=1 --weight b=1 --weight c=${weight}`,
      }
    },
  },
]
