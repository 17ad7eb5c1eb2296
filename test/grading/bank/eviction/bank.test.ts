import { judgeBank } from '../../bank.js'

judgeBank('eviction')
