import { judgeBank } from '../../bank.js'

judgeBank('failover')
