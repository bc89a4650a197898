"""What the lessons import. Every module here can be read in one sitting; arrows point one way.

Plain arrays in, plain numbers out (NumPy only):

data        load_digits, load_mnist, one_hot: the examples, and the only code that knows a path
mnist       its four files: read, or downloaded, and checked; data says from where
losses      softmax, mean_squared_error, cross_entropy_error
batches     sample_batch (the random draw), shuffled_batches (one epoch)
gradients   numerical_gradient, gradient_descent
models      a small network: its predictions and their gradient
language    speak, say: what the helpers say, in English or Chinese
training    train: one record a step; prints nothing, draws nothing

What is seen:

figures     draw_...(ax, ...): Matplotlib on a given ax; the colours; figures.mplstyle is the look
panels      the panels of the lessons: one call, one panel
widgets     Panel: controls, one kept figure, a function that updates it; Prediction: bars to drag

What answers:

checks      check(question, answer): says what was probably done and asks what leads on
questions   the questions of each lesson

lessons -> panels -> figures, widgets -> Matplotlib, anywidget
lessons -> training -> gradients, batches, models, losses -> NumPy
"""
