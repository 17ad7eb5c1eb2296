import { judgeBank } from '../../bank.js'

judgeBank('replication')
